from retailsync_assets_tests.nights.conftest import NewWorld


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
