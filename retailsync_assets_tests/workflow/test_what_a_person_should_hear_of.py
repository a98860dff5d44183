"""`workflow.incidents`: what stopped a night, what stays silent past its time, and nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from retailsync_assets.config.loader import Site
from retailsync_assets.errors import Kind, Reason, Remedy
from retailsync_assets.ledger.models import OBSERVATION, DeliveryState, NightState, SnapshotState
from retailsync_assets.workflow.decision import next_step
from retailsync_assets.workflow.incidents import Incident, find_incidents
from retailsync_assets_tests.config.sample import a_site
from retailsync_assets_tests.ledger.states import (
    ACTIVE,
    APPLIED,
    AS_OF,
    DELIVERED,
    ON,
    R,
    V,
    arrival,
    at,
    failed,
    hold,
    made,
    night,
    reset,
    snapshot,
    variance,
)

RUN, DOCTOR = f"retailsync run demo --date {ON}", "retailsync doctor demo"
APPROVE = f"retailsync approve demo --date {ON} --reason TEXT"
NO_OMS = Reason(Kind.ERROR, "no OMS", Remedy.DOCTOR)
READY = night(ACTIVE, arrival())
COMPUTED = (ACTIVE, snapshot(), made("raw_reset_file"), made("filtered_reset"))
OUT = (*COMPUTED, replace(reset(DeliveryState.PUBLISHED), published_at=at("01:30")), made("reset_delivery"))
TRIED = night(ACTIVE, arrival(), failed("reset", 3, "01:40"))
NO_VARIANCE = night(*APPLIED, failed("variance", 3, "03:10", NO_OMS))
NO_LIST = night(failed("active_products", 4, "01:15", NO_OMS))
BAD = night(ACTIVE, made("raw_reset_file"), arrival(), snapshot(SnapshotState.QUARANTINED))
LATE_VARIANCE = replace(variance(DeliveryState.PUBLISHED), published_at=at("03:05"))
READ_BACK = made("applied_inventory", R, V)
Heard = tuple[str, str, str]
"""The stage, a piece of the reason, and what mends it."""

NO_NEWS: list[Heard] = []
MISSED: Heard = ("raw_reset_file", "missed: no reset went out by 05:55", RUN)
SILENT: Heard = ("applied_reset", "HotWax has not imported reset_1_1.csv yet, 60 minutes after it was delivered", RUN)


def heard_of(
    site: Site, standing: NightState, now: datetime, since: datetime | None = None, **more: Any
) -> Iterator[Incident]:
    """What a person hears of, the schedules having asked for their next step."""
    next_up = next_step(site, standing, now, by_hand=False)
    return find_incidents(site, standing, next_up, now, since, **more)


@pytest.mark.parametrize(
    "standing, clock, due_since, heard",
    [
        (night(), "00:30", None, NO_NEWS),
        (night(), "01:29", "01:00", NO_NEWS),
        (night(), "01:30", "01:00", [("active_products", "active_products has been due for 30 minutes", RUN)]),
        (night(ACTIVE), "05:54", None, NO_NEWS),  # the file may still come
        (night(ACTIVE), "05:55", None, [MISSED]),
        (night(), "05:55", None, [("active_products", MISSED[1], RUN)]),
        (READY, "05:50", "05:49", NO_NEWS),  # a late file is no silence
        (READY, "02:00", None, NO_NEWS),
        (READY, "02:00", "01:30", [("raw_reset_file", "reset has been due for 30 minutes: is the daemon up?", RUN)]),
        (TRIED, "01:45", None, [("raw_reset_file", "failed: reset failed 3 times, last: the server is away", DOCTOR)]),
        (NO_LIST, "01:20", None, [("active_products", "failed: active_products failed 4 times, last: no OMS", DOCTOR)]),
        (NO_VARIANCE, "03:20", None, [("variance_delivery", "failed: variance failed 3 times, last: no OMS", DOCTOR)]),
        (night(*COMPUTED, hold()), "01:45", None, [("reset_delivery", "held: it looks odd", APPROVE)]),
        (
            night(*COMPUTED, hold(), replace(hold("other"), reason="it is odd, too")),
            "01:45",
            None,
            [("reset_delivery", "held: it looks odd", APPROVE), ("reset_delivery", "held: it is odd, too", APPROVE)],
        ),
        (night(*COMPUTED, hold(approved=True)), "01:45", None, NO_NEWS),
        (BAD, "01:45", None, [("raw_reset_file", "quarantined: ", RUN)]),
        (replace(night(*COMPUTED), last_applied_as_of=AS_OF), "01:45", None,
         [("reset_delivery", "refused: RetailPro_Inventory_1_20261121050000.csv: its snapshot is of", RUN)]),
        (night(*OUT), "02:29", None, NO_NEWS),
        (night(*OUT), "02:30", None, [SILENT]),
        (night(*OUT), "2026-11-21 09:00", None, [SILENT]),
        (night(*OUT, hold()), "02:30", None, [("applied_reset", "held: it looks odd", APPROVE), SILENT]),
        (night(*APPLIED), "02:59", None, NO_NEWS),  # it rests
        (night(*APPLIED), "03:29", "03:00", NO_NEWS),
        (night(*APPLIED, made("raw_reset_file"), made("filtered_reset"), made("reset_delivery")), "03:30", "03:00",
         [("variance_delivery", "variance has been due for 30 minutes: is the daemon up?", RUN)]),
        (night(*DELIVERED[:-1], LATE_VARIANCE), "04:05", None,
         [("applied_inventory", "HotWax has not imported variance_1.csv yet, 60 minutes after it was delivered", RUN)]),
        (night(*DELIVERED, READ_BACK), "2026-11-21 12:00", None, NO_NEWS),
    ],
)  # fmt: skip
def test_it_tells_of_this(standing: NightState, clock: str, due_since: str | None, heard: list[Heard]) -> None:
    since = None if due_since is None else at(due_since)
    found = list(heard_of(a_site(), standing, at(clock), since))
    assert [(each.stage, each.next_step) for each in found] == [(stage, mend) for stage, _, mend in heard]
    assert all(piece in each.reason for (_, piece, _), each in zip(heard, found, strict=True)), found


def test_how_long_hotwax_may_be_silent_is_configured() -> None:
    site = a_site(alerts={"hotwax_silent_minutes": 5})
    assert [len(list(heard_of(site, night(*OUT), at(clock)))) for clock in ("01:34", "01:35")] == [0, 1]


@pytest.mark.parametrize("times", [4, 5])
def test_one_more_failure_of_the_same_job_is_the_same_cause(times: int) -> None:
    again = night(ACTIVE, arrival(), failed("reset", times, "01:40", Reason(Kind.ERROR, f"try {times}")))
    assert {cause(TRIED), cause(again)} == {"failed: reset"}


def test_a_cause_stays_the_same_as_time_goes_by() -> None:
    causes = {(cause(night(*OUT), hours), cause(night(ACTIVE), hours)) for hours in (4, 5, 6)}
    assert causes == {("silent: reset_1_1.csv", MISSED[1])}


def cause(standing: NightState, hours: float = 0.25) -> str:
    (found,) = heard_of(a_site(), standing, at("01:55") + timedelta(hours=hours))
    assert isinstance(found, Incident)
    return found.cause


@pytest.mark.parametrize(
    "standing, clock, told",
    [(night(ACTIVE), "05:55", False), (READY, "02:00", False), (TRIED, "01:45", True), (night(*OUT), "02:30", True)],
    ids=["missed", "idle", "failed", "silent"],
)
def test_while_a_run_is_under_way_nothing_is_missed_or_idle_yet(standing: NightState, clock: str, told: bool) -> None:
    found = list(heard_of(a_site(), standing, at(clock), at("01:30"), running=True))
    assert bool(found) is told
    assert list(heard_of(a_site(), standing, at(clock), at("01:30")))


@pytest.mark.parametrize(
    "waited, step",
    [
        (Reason(Kind.ERROR, "Retail Pro's SFTP: no answer", Remedy.DOCTOR), DOCTOR),
        (Reason(Kind.WAITING, "no raw reset file yet"), RUN),
        (None, RUN),
    ],
)
def test_a_miss_says_what_the_night_waited_for_and_is_one_cause_whatever_that_was(
    waited: Reason | None, step: str
) -> None:
    tried = () if waited is None else (failed(OBSERVATION, 40, "05:54", waited),)
    (found,) = heard_of(a_site(), night(ACTIVE, *tried), at("05:55"))
    assert found.reason == "missed: no reset went out by 05:55" + (f"; it waited: {waited}" if waited else "")
    assert found.next_step == step
    assert found.cause == cause(night(ACTIVE), 4)


@pytest.mark.parametrize(("began", "told"), [("05:54", True), ("05:55", False), ("2026-11-21 12:00", False)])
def test_a_business_date_that_was_over_before_the_ledger_began_is_no_miss(began: str, told: bool) -> None:
    for standing in (night(ACTIVE, began_at=at(began)), night(READ_BACK, began_at=at(began))):
        assert bool(list(heard_of(a_site(), standing, at("2026-11-21 13:00")))) is told
