import pytest

from retailsync_assets_tests.end_to_end.nights.world import World


@pytest.fixture
def world(world: World) -> World:
    """Two units of A have left each store, and Retail Pro knows of none; the reset is in HotWax's folder."""
    world.raw()
    for facility in ("F1", "F2"):
        world.orders.ship(facility, "-1 09:00")
    world.take()
    world.at("08:00")
    return world


def test_the_night_completes_without_failed_reset_rows_and_names_them(world: World) -> None:
    with world.unknown_to_hotwax("F2"):
        world.import_files()
    report = world.at("09:00").take()
    assert world.delivered("variance") == {("F1", "A"): -2}
    world.import_files()
    report = world.take()
    assert (report.state, report.exit_code) == ("complete", 0)
    details = [stage.detail for stage in report.stages if stage.asset == "applied_reset"]
    assert details == ["6 SKU-locations, 3 rows failed in HotWax"]
    failed = [(row["facility_id"], row["upca"], row["error"]) for row in world.lake("applied_reset") if row["error"]]
    upcas = ("001234567895", "012345678905", "885909950805")
    assert failed == [("F2", upca, "unknown facility: 'F2'") for upca in upcas]
    assert (world.stock()["F1", "A"], world.stock()["F2", "A"]) == (8, 8)


def test_failed_variance_rows_hold_the_night_until_they_go_out_again_alone(world: World) -> None:
    world.import_files()
    world.at("09:00").take()
    with world.unknown_to_hotwax("F2"):
        world.import_files()
    held = world.take()
    assert (held.state, held.exit_code) == ("held", 4)
    assert held.lines[0].startswith("held: HotWax did not apply 1 row of InventoryVariance_")
    assert world.at("10:00").take().state == "held"
    assert len(world.files("variance")) == 1
    world.approve()
    assert world.take().state == "waiting"
    first, second = world.files("variance").items()
    assert second[0] == first[0].replace("2025-11-21_1_for", "2025-11-21_2_for")
    assert [(row["facilityId"], row["availableDelta"]) for row in second[1]] == [("F2", "-2.0")]
    world.import_files()
    report = world.take()
    assert report.state == "complete"
    assert [stage.detail for stage in report.stages if stage.asset == "applied_inventory"] == ["6 SKU-locations"]
    assert (world.stock()["F1", "A"], world.stock()["F2", "A"]) == (8, 8)


def test_failed_variance_rows_that_are_not_due_any_more_are_not_sent_again(world: World) -> None:
    world.import_files()
    world.at("09:00").take()
    with world.unknown_to_hotwax("F2"):
        world.import_files()
    assert world.take().state == "held"
    world.orders.acknowledge("F2", "-1 10:00")
    world.at("09:05").approve()
    assert world.at("09:10").take().state == "complete"
    assert len(world.files("variance")) == 1
