from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld


def test_it_is_placed_at_once_and_the_difference_follows(new_world: NewWorld) -> None:
    world = new_world(variance={"release": "with_reset"})
    world.raw()
    world.orders.ship("F1", "-1 09:00")
    world.orders.ship("F2", "-1 09:00", "B")
    world.take()
    (reset,) = world.files("reset")
    (first,) = world.files("variance")
    assert world.delivered("variance") == {("F1", "A"): -2, ("F2", "B"): -2}
    world.orders.ship("F1", "07:50", "A", 3)
    world.orders.ship("F1", "07:50", "C", 1)
    with world.at("08:00").unknown_to_hotwax("F2"):
        world.import_files("reset")
    world.take()
    _, second = world.files("variance").items()
    assert [name.split("_")[3] for name in world.files("variance")] == ["1", "2"]
    assert first.split("_")[-1] == second[0].split("_")[-1] == reset.split("_")[-1]
    due = {(row["facilityId"], row["idValue"]): row["availableDelta"] for row in second[1]}
    given_back = {("F2", "885909950805"): "2.0"}
    assert due == {("F1", "012345678905"): "-3.0", ("F1", "001234567895"): "-1.0"} | given_back
    world.import_files("variance")
    assert world.take().state == "complete"
    assert (world.stock()["F1", "A"], world.stock()["F1", "C"], world.stock()["F2", "B"]) == (5, 9, 8)


def test_one_that_hotwax_imports_before_the_reset_is_given_once_more(new_world: NewWorld) -> None:
    world = new_world(variance={"release": "with_reset"})
    world.raw()
    world.orders.ship("F1", "-1 09:00")
    world.orders.ship("F2", "-1 09:00", "B")
    world.take()
    world.at("08:00").import_files("variance")
    with world.at("08:30").unknown_to_hotwax("F2"):
        world.import_files("reset")
    world.take()
    second = list(world.files("variance").values())[1]
    due = {(row["facilityId"], row["idValue"]): row["availableDelta"] for row in second}
    assert due == {("F1", "012345678905"): "-2.0", ("F2", "885909950805"): "2.0"}, (
        "the row that failed overwrote nothing"
    )
    world.import_files("variance")
    assert world.take().state == "complete"
    assert world.stock()["F1", "A"] == 8


def test_one_that_was_applied_while_the_reset_failed_is_given_once_more_after_the_next(new_world: NewWorld) -> None:
    world = new_world(variance={"release": "with_reset"})
    world.raw()
    world.orders.ship("F1", "-1 09:00")
    world.take()
    world.at("08:00").poll("reset")
    world.execute("UPDATE DATA_MANAGER_LOG SET STATUS_ID = 'SERVICE_FAILED', FINISH_DATE_TIME = '2025-11-21 08:00:01'")
    world.import_files("variance")
    assert world.take().state == "held"
    world.approve()
    world.at("08:30").take()
    world.import_files("reset")
    world.at("09:00").take()
    world.import_files("variance")
    assert world.take().state == "complete"
    assert world.stock()["F1", "A"] == 8
