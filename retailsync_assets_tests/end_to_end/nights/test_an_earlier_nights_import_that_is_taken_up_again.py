"""What HotWax still has of an earlier night holds this one back, and what holds that night is named here, too."""

from datetime import timedelta

import pytest

from retailsync_assets_tests.end_to_end.nights.clock import NIGHT, moment
from retailsync_assets_tests.end_to_end.nights.imports import last_log, queue_pending
from retailsync_assets_tests.end_to_end.nights.world import World

YESTERDAY = NIGHT - timedelta(days=1)


def yesterday(world: World, kind: str, status: str) -> World:
    """Yesterday's import of that kind ended in that state; tonight's raw file is there, with 5 units of A at F1."""
    world.clock.moment = moment("-1 07:05")
    world.raw(as_of="-1 07:00")
    world.orders.ship("F1", "-2 09:00", "B")
    world.take(YESTERDAY)
    world.at("-1 08:00")
    if kind == "variance":
        world.import_files()
        world.at("-1 09:00").take(YESTERDAY)
    world.import_ends(status)
    world.take(YESTERDAY)
    world.at("07:05").raw({("F1", "A"): 5}, as_of="07:00")
    return world


@pytest.mark.parametrize("kind", ["reset", "variance"])
def test_a_crashed_one_that_runs_again_is_waited_for(world: World, kind: str) -> None:
    yesterday(world, kind, "SERVICE_CRASHED").import_jobs[kind].restart(last_log(world))
    report = world.take()
    assert (report.state, world.files("reset", NIGHT)) == ("waiting", {})
    queue_pending(world)
    world.at("08:00").process()
    world.play()
    assert (world.take().state, world.stock()["F1", "A"]) == ("complete", 5)


def test_one_that_runs_again_after_tonights_reset_holds_tonight(world: World) -> None:
    yesterday(world, "reset", "SERVICE_CRASHED").take()
    log = last_log(world)
    world.at("08:00").import_files()
    world.take()
    world.import_jobs["reset"].restart(log)
    assert world.at("08:20").take().state == "waiting"
    queue_pending(world)
    world.at("08:30").process()
    report = world.take()
    assert (report.state, report.next_step) == ("held", f"retailsync approve {world.name} --date {NIGHT} --reason TEXT")
    assert "after it had been sent" in report.lines[0]


def test_a_hold_on_it_is_named_tonight_with_the_command_that_opens_it(world: World) -> None:
    report = yesterday(world, "variance", "DmlsParked").take()
    assert report.exit_code == 4
    assert f"retailsync approve {world.name} --date {YESTERDAY} --reason TEXT" in report.lines[0]
    world.approve(YESTERDAY)
    world.play()
    assert (world.take().state, world.stock()["F1", "A"]) == ("complete", 5)
