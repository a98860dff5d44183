"""Three failures in a row stop a job; a run that came through, whoever started it, ends the row."""

from datetime import timedelta

import pytest

from retailsync_assets.workflow.decision import verdict
from retailsync_assets.workflow.step import Run, Stopped, Verdict
from retailsync_assets_tests.end_to_end.clocked import gates_taken_out as gates
from retailsync_assets_tests.end_to_end.clocked.clicks import at
from retailsync_assets_tests.end_to_end.clocked.conftest import NewNight

JOB = "active_products"


def after_two_failures_a_success_and_one_more(new_night: NewNight) -> Verdict:
    """What the schedules do when the same list is due again, an hour later."""
    night = new_night()
    place = night.world.place
    at(night, "00:50")
    for _ in range(2):
        place.ledger.note_failure(night.on, JOB, "the OMS is away", place.now())
    assert night.daemon.run(f"{place.site.name}_{JOB}", str(night.on)).success
    at(night, "01:00")  # it was judged early: from now on it is due again
    place.ledger.note_failure(night.on, JOB, "the OMS is away", place.now())
    return verdict(place.site, place.ledger.standing(night.on), place.now() + timedelta(hours=1), by_hand=False)


def test_the_row_ends_when_the_daemons_run_comes_through(new_night: NewNight) -> None:
    assert after_two_failures_a_success_and_one_more(new_night) == Run(JOB)


def test_without_that_the_next_failure_would_stop_the_night(
    new_night: NewNight, monkeypatch: pytest.MonkeyPatch
) -> None:
    gates.the_end_of_a_row(monkeypatch)
    assert isinstance(after_two_failures_a_success_and_one_more(new_night), Stopped)
