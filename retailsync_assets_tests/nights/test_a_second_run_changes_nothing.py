from retailsync_assets_tests.nights.clock import NIGHT
from retailsync_assets_tests.nights.world import World


def delivered(world: World) -> dict[str, list[dict[str, str]]]:
    return {**world.files("reset"), **world.files("variance")}


def test_each_file_is_delivered_once_however_often_it_runs(world: World) -> None:
    (world.folder / "dagster" / "dagster.yaml").unlink()  # the product's own: its books last from run to run
    world.raw()
    world.orders.ship("F1", "-1 09:00")
    for instant, files, state in (("07:45", 1, "waiting"), ("08:00", 1, "waiting"), ("09:00", 2, "waiting")):
        reports = [world.at(instant).take() for _ in range(2)]
        assert (len(delivered(world)), [report.state for report in reports]) == (files, [state, state])
        world.import_files()
    assert world.take().state == "complete"
    before, stock = delivered(world), world.stock()
    again = world.at("10:00").take()
    world.import_files()
    assert (again.state, again.exit_code) == ("complete", 0)
    assert (delivered(world), world.stock()) == (before, stock)


def test_what_a_person_ran_again_by_mistake_is_not_in_the_journal(world: World) -> None:
    world.raw()
    world.play()
    before = [row.what for row in world.place.ledger.history(NIGHT)]
    world.at("10:00").take()
    assert [row.what for row in world.place.ledger.history(NIGHT)] == before
