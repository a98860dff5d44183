"""However a nightly run stops: `run`, `status`, its JSON, the report, the alert and `doctor` give one cause and one
next step, and that step, as it is printed, takes the run further.
"""

from html import unescape

import pytest

from retailsync_assets.workflow.status import NightStatus
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.stops.conftest import NewStop
from retailsync_assets_tests.end_to_end.stops.observed import Observed
from retailsync_assets_tests.end_to_end.stops.stops import STOPS, Stop

OUTSIDE = "retailsync doctor "


@pytest.mark.parametrize("stop", STOPS, ids=str)
def test_one_cause_and_one_next_step(new_stop: NewStop, stop: Stop) -> None:
    world = new_stop(**(stop.settings or {}))
    world.resources.ledger.begin_watch(NIGHT, world.clock.now())
    stop.happens(world)
    ran = [world.take() for _ in range(stop.runs)][-1]
    assert (ran.state, stop.cause in ran.lines[0]) == (stop.state, True), ran.lines
    assert_told_alike(world, ran, stop)
    assert_the_next_step_changes_something(world, ran, stop)


def assert_told_alike(world: Observed, ran: NightStatus, stop: Stop) -> None:
    status = world.status()
    assert status == ran
    assert world.printed(status) == world.printed(ran)
    document = status.document()
    assert (document["reasons"], document["next_step"]) == (list(ran.lines), ran.next_step)
    if stop.state != "waiting" or ran.next_step:
        assert ran.next_step
        assert ran.next_step in world.printed(ran) or stop.state == "waiting"
    report = unescape(world.report())
    assert all(line in report for line in ran.lines)
    assert ran.next_step is None or ran.next_step in report
    if (ran.next_step or "").startswith(OUTSIDE):
        assert any(shared(ran.lines[0], found) for found in world.failures()), (ran.lines, world.failures())
    if stop.alert:
        assert any(ran.lines[0] in text and f"Next step: {ran.next_step}" in text for text in world.alerts())


def shared(cause: str, found: str) -> bool:
    """The finding says what the reason says, after the words of its own."""
    return found.partition(": ")[2].removeprefix("refused: ") in cause or cause.removeprefix("refused: ") in found


def assert_the_next_step_changes_something(world: Observed, ran: NightStatus, stop: Stop) -> None:
    stop.mend(world)
    if ran.next_step and "retailsync approve " in ran.next_step:
        world.approve()
    after = world.take()
    assert (after.state, after.lines) != (ran.state, ran.lines)
    assert world.status() == after
    assert after.stopped is None
