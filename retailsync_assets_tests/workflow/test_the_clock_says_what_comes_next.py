from dataclasses import replace
from datetime import timedelta

import pytest

from retailsync_assets.errors import Kind, Reason
from retailsync_assets.ledger.models import MANIFESTS, OBSERVATION, NightState
from retailsync_assets.workflow.outlook import NextDue, next_due
from retailsync_assets.workflow.status import night_status
from retailsync_assets_tests.config.sample import a_site
from retailsync_assets_tests.ledger.states import ACTIVE, APPLIED, ON, R, V, arrival, at, failed, hold, made, night

READY = (ACTIVE, arrival())
DONE = (*APPLIED, made("variance_delivery", R), V, made("applied_inventory", R, V))


@pytest.mark.parametrize(
    ("standing", "clock", "what", "due"),
    [
        (night(), "00:40", "active products", "01:00"),
        (night(ACTIVE), "01:10", "reset", "01:30"),
        (night(*READY), "01:31", "reset", "01:31"),
        (night(ACTIVE), "02:00", "last try", "05:55"),
        (night(*READY, failed("reset", 1, "01:30")), "01:31", "reset", "01:32"),
        (night(*APPLIED), "02:10", "variance", "03:00"),
        (night(*DONE), "03:30", "active products", "2026-11-22 01:00"),
    ],
)
def test_a_job_and_its_time(standing: NightState, clock: str, what: str, due: str) -> None:
    if what == "reset" and not standing.arrivals:
        standing = replace(standing, arrivals=(arrival(),))
    assert next_due(a_site(), standing, at(clock)) == NextDue(what, at(due))


@pytest.mark.parametrize("standing", [night(*READY, hold()), night(ACTIVE, began_at=None)], ids=["on hold", "not run"])
def test_or_nothing_where_a_person_comes_first_or_nothing_follows(standing: NightState) -> None:
    assert next_due(a_site(), standing, at("2026-11-21 05:56")) is None


NO_FILE = f"no raw reset file for {ON} in retailpro/inventory/raw yet"


@pytest.mark.parametrize("known", [True, False])
def test_a_miss_and_what_it_waits_for_are_said_once(known: bool) -> None:
    tried = (failed(OBSERVATION, 1, "05:54", Reason(Kind.WAITING, NO_FILE)),) if known else ()
    found = night_status(a_site(), night(ACTIVE, *tried), at("05:56"))
    assert "; ".join(found.lines).count(NO_FILE) == 1
    assert found.next_step == f"retailsync run demo --date {ON}"


@pytest.mark.parametrize(
    ("began", "state", "reason"),
    [
        (None, "waiting", "not run by this installation"),
        ("2026-11-21 07:00", "waiting", "not run by this installation"),
        ("2026-11-20 23:00", "failed", "missed: no reset went out by 05:55"),
    ],
)
def test_a_business_date_before_the_first_look_was_not_run(began: str | None, state: str, reason: str) -> None:
    standing = night(began_at=None if began is None else at(began))
    found = night_status(a_site(), standing, at("05:56") + timedelta(days=1))
    assert (found.state, found.lines[0], found.is_not_run) == (state, reason, state == "waiting")


@pytest.mark.parametrize(("first", "not_run"), [("2026-11-22", True), ("2026-11-21", False)])
def test_nor_was_one_before_the_first_business_date_of_the_site(first: str, not_run: bool) -> None:
    site = a_site(schedule={"first_night": first})
    assert night_status(site, night(), at("05:56") + timedelta(days=1)).is_not_run is not_run


@pytest.mark.parametrize(("step", "told"), [(OBSERVATION, False), (MANIFESTS, True)])
def test_of_a_complete_one_a_later_look_outside_that_failed_is_not_told(step: str, told: bool) -> None:
    found = night_status(a_site(), night(*DONE, failed(step, 1, "05:00")), at("05:56"))
    assert (found.state, found.stopped is not None, bool(found.reasons)) == ("complete", told, told)
