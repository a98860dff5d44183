from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from retailsync_assets.errors import Kind, Reason, Remedy
from retailsync_assets.ledger.models import DeliveryState, NightState, SnapshotState
from retailsync_assets.workflow.decision import Blocked, NextStep, RunJob, Wait, next_step
from retailsync_assets_tests.config.sample import a_site
from retailsync_assets_tests.ledger.states import (
    ACTIVE,
    AS_OF,
    ON,
    RAW,
    arrival,
    at,
    held,
    hold,
    made,
    night,
    reset,
    snapshot,
)

NOTHING = night()
READY = night(ACTIVE, arrival())
LANDED = night(ACTIVE, snapshot())
BAD = night(ACTIVE, arrival(), snapshot(SnapshotState.QUARANTINED))
EARLY = night(made("active_products", when="00:20"), arrival())
UNTAKEN = night(ACTIVE, snapshot(), outstanding=(reset(DeliveryState.PUBLISHED),))
TAKEN = night(ACTIVE, snapshot(), outstanding=(replace(reset(DeliveryState.PUBLISHED), left_folder_at=at("01:00")),))
WITHDRAWN = night(
    ACTIVE, snapshot(), outstanding=(replace(reset(DeliveryState.WITHDRAWING), withdrawn_at=at("01:20")),)
)


def because(text: str, until: str | None = None) -> Wait:
    """A `Wait` whose reason holds this text."""
    return Wait(text, None if until is None else at(until))


def blocked(kind: Kind, remedy: Remedy | None, text: str = "") -> Blocked:
    """A `Blocked` of one reason, which holds this text."""
    return Blocked((Reason(kind, text, remedy),))


def agree(answer: NextStep, expected: NextStep) -> bool:
    """The same kind of verdict, the same job and time, and every expected text in the reason it belongs to."""
    match answer, expected:
        case Wait(reason, until), Wait(text, time):
            return text in reason and until == time
        case Blocked(found), Blocked(wanted):
            alike = (
                (one.kind, one.remedy) == (other.kind, other.remedy) and other.text in one.text
                for one, other in zip(found, wanted, strict=True)
            )
            return all(alike)
        case _:
            return answer == expected


@pytest.mark.parametrize(
    "standing, clock, by_hand, expected",
    [
        (NOTHING, "00:59", False, because("clock time", "01:00")),
        (NOTHING, "01:00", False, RunJob("active_products")),
        (NOTHING, "00:10", True, RunJob("active_products")),
        (night(ACTIVE), "01:29", False, because("clock time", "01:30")),
        (night(ACTIVE), "01:29", True, because("no raw reset file for 2026-11-21 in retailpro/inventory/raw yet")),
        (night(ACTIVE), "01:30", False, because("no raw reset file")),
        (night(ACTIVE, arrival(looks=1)), "01:30", False, because(f"{RAW} is still arriving")),
        (READY, "01:29", False, because("clock time", "01:30")),
        (READY, "01:30", False, RunJob("reset")),
        (READY, "01:05", True, RunJob("reset")),
        (EARLY, "00:30", True, RunJob("reset")),  # judged before its clock time, and it is still before
        (EARLY, "01:10", True, RunJob("active_products")),  # the clock time has come: judge them again
        (LANDED, "01:30", False, RunJob("reset")),
        (UNTAKEN, "01:30", False, RunJob("reset")),  # which takes it back first
        (TAKEN, "01:30", False, because("HotWax has taken reset_1_1.csv")),
        (TAKEN, "01:30", True, because("HotWax has taken reset_1_1.csv")),
        (WITHDRAWN, "01:30", False, because("reset_1_1.csv was withdrawn", "01:50")),
        (BAD, "01:30", False, blocked(Kind.QUARANTINED, Remedy.FIX_THEN_RUN)),
        (BAD, "01:30", True, blocked(Kind.QUARANTINED, Remedy.FIX_THEN_RUN)),
        (
            night(ACTIVE, arrival(), snapshot(SnapshotState.REFUSED)),
            "01:30",
            True,
            blocked(Kind.REFUSED, Remedy.FIX_THEN_RUN),
        ),
        (
            night(ACTIVE, arrival(size=101), snapshot(SnapshotState.QUARANTINED)),
            "01:30",
            False,
            RunJob("reset"),
        ),  # mended
        (night(ACTIVE, snapshot(), reset(DeliveryState.NEW)), "01:45", False, RunJob("reset")),
        (night(ACTIVE, snapshot(), reset(DeliveryState.PUBLISHING)), "01:45", True, RunJob("reset")),
        (READY, "05:54", False, RunJob("reset")),
        (
            READY,
            "05:55",
            False,
            blocked(Kind.MISSED, Remedy.RUN, "no reset went out by 05:55"),
        ),
        (READY, "05:55", True, RunJob("reset")),
        (READY, "2026-11-21 11:00", True, RunJob("reset")),
        (night(ACTIVE, snapshot(), hold()), "01:45", True, Blocked((held(),))),
        (night(hold(), hold("other")), "05:59", False, Blocked((held(), held()))),
        (night(ACTIVE, snapshot(), hold(approved=True)), "01:45", False, RunJob("reset")),
    ],
)
def test_what_may_happen_next(standing: NightState, clock: str, by_hand: bool, expected: NextStep) -> None:
    found = next_step(a_site(), standing, at(clock), by_hand=by_hand)
    assert agree(found, expected), f"{found}, expected {expected}"


@pytest.mark.parametrize(
    "age, last, reason",
    [
        (timedelta(hours=2), None, None),
        (timedelta(hours=2, seconds=1), None, "older than 2 hours"),
        (timedelta(hours=2), AS_OF - timedelta(seconds=1), None),
        (timedelta(hours=2), AS_OF, "not newer than what HotWax was sent last"),
        (timedelta(hours=2), AS_OF + timedelta(days=1), "not newer than what HotWax was sent last"),
    ],
)
@pytest.mark.parametrize("by_hand", [False, True])
def test_stock_that_is_old_or_overtaken_is_refused_whoever_asks(
    age: timedelta, last: datetime | None, reason: str | None, by_hand: bool
) -> None:
    standing = night(ACTIVE, snapshot(), last_applied_as_of=last)
    found = next_step(a_site(retail_pro={"max_age_hours": 2}), standing, AS_OF + age, by_hand=by_hand)
    assert agree(
        found,
        RunJob("reset")
        if reason is None
        else blocked(Kind.REFUSED, Remedy.FIX_THEN_RUN, f"{RAW}: its snapshot is of 2026-11-21"),
    )
    assert reason is None or reason in str(found)


@pytest.mark.parametrize("looks, expected", [(1, because("is still arriving")), (2, RunJob("reset"))])
def test_a_newer_file_that_was_approved_counts_when_the_first_has_grown_old(looks: int, expected: NextStep) -> None:
    later = replace(arrival(looks, name="RetailPro_Inventory_1_20261121070000.csv"), as_of=AS_OF + timedelta(hours=2))
    standing = night(ACTIVE, snapshot(), arrival(), later, hold(approved=True))
    found = next_step(a_site(retail_pro={"max_age_hours": 2}), standing, AS_OF + timedelta(hours=3), by_hand=True)
    assert agree(found, expected)


@pytest.mark.parametrize(
    "clock, due",
    [
        ("2026-11-01 01:29", False),
        ("2026-11-01 01:30", True),
        ("2026-11-01 01:15+", True),  # autumn: an hour after the first 01:15, and no earlier than 01:30
        ("2026-11-01 01:30+", True),
        ("2026-11-01 05:54", True),
        ("2026-11-01 05:55", False),
    ],
)
def test_on_the_night_of_autumn_the_reset_is_due_from_the_first_half_past_one(clock: str, due: bool) -> None:
    listed = made("active_products", when="2026-11-01 01:00")
    standing = replace(night(listed, arrival()), business_date=ON.replace(day=1))
    assert (next_step(a_site(), standing, at(clock), by_hand=False) == RunJob("reset")) is due
