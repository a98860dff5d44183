"""Three failures in a row stop a job; a run that came through, whoever started it, ends the row."""

from datetime import timedelta

import pytest

from retailsync_assets.workflow.decision import next_step
from retailsync_assets.workflow.step import Blocked, NextStep, RunJob
from retailsync_assets_tests.end_to_end.clocked import gates_taken_out as gates
from retailsync_assets_tests.end_to_end.clocked.clicks import at
from retailsync_assets_tests.end_to_end.clocked.conftest import NewNight
from retailsync_assets_tests.ledger.states import AWAY

JOB = "active_products"


def after_two_failures_a_success_and_one_more(new_night: NewNight) -> NextStep:
    """What the schedules do when the same list is due again, an hour later."""
    night = new_night()
    resources = night.world.resources
    at(night, "00:50")
    for _ in range(2):
        resources.ledger.record_attempt(night.on, JOB, AWAY, resources.now())
    assert night.daemon.run(f"{resources.site.name}_{JOB}_job", str(night.on)).success
    at(night, "01:00")  # it was judged early: from now on it is due again
    resources.ledger.record_attempt(night.on, JOB, AWAY, resources.now())
    return next_step(
        resources.site, resources.ledger.night_state(night.on), resources.now() + timedelta(hours=1), by_hand=False
    )


def test_the_row_ends_when_the_daemons_run_comes_through(new_night: NewNight) -> None:
    assert after_two_failures_a_success_and_one_more(new_night) == RunJob(JOB)


def test_without_that_the_next_failure_would_stop_the_night(
    new_night: NewNight, monkeypatch: pytest.MonkeyPatch
) -> None:
    gates.the_end_of_a_row(monkeypatch)
    assert isinstance(after_two_failures_a_success_and_one_more(new_night), Blocked)
