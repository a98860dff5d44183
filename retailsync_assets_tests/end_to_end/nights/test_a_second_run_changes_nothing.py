from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.world import World


def books(world: World) -> tuple[object, ...]:
    journal = [row.what for row in world.resources.ledger.history(NIGHT)]
    return world.files("reset"), world.files("variance"), world.stock(), journal


def test_each_file_is_delivered_once_however_often_it_runs(world: World) -> None:
    (world.home.folder / "dagster" / "dagster.yaml").unlink()  # the product's own: its books last from run to run
    world.raw()
    world.orders.ship("F1", "-1 09:00")
    for instant, files in (("07:45", 1), ("08:00", 1), ("09:00", 2)):
        reports = [world.at(instant).take() for _ in range(2)]
        assert [report.state for report in reports] == ["waiting", "waiting"]
        assert len(world.files("reset") | world.files("variance")) == files
        world.import_files()
    assert world.take().state == "complete"
    before = books(world)
    again = world.at("10:00").take()
    world.import_files()
    assert (again.state, again.exit_code) == ("complete", 0)
    assert books(world) == before
