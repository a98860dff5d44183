from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from retailsync_assets.errors import Kind, Reason
from retailsync_assets.ledger.models import DeliveryState, NightState
from retailsync_assets.workflow.decision import Blocked, Done, NextStep, RunJob, Wait, next_step
from retailsync_assets_tests.config.sample import a_site
from retailsync_assets_tests.ledger.states import (
    ACTIVE,
    APPLIED,
    AS_OF,
    DELIVERED,
    R,
    V,
    at,
    held,
    hold,
    made,
    night,
    reset,
    snapshot,
    variance,
)

OUT = (ACTIVE, snapshot(), reset(DeliveryState.PUBLISHED))
PARTS = (reset(part=1), reset(DeliveryState.PUBLISHED, part=2))
FAILED = reset(DeliveryState.REJECTED)
PARTIAL = reset(DeliveryState.PARTIAL)
READ_BACK = made("applied_inventory", R, V)
AGAIN = reset(seq=2)
V_FAILED = variance(DeliveryState.REJECTED)
NOT_IMPORTED = Wait("HotWax has not imported {} yet")
REST = Wait("waiting period between reset and variance", at("03:00"))


def waits_for(name: str) -> Wait:
    return replace(NOT_IMPORTED, reason=NOT_IMPORTED.reason.format(name))


@pytest.mark.parametrize(
    "standing, clock, expected",
    [
        (night(*OUT), "01:50", waits_for("reset_1_1.csv")),
        (night(*OUT), "04:50", waits_for("reset_1_1.csv")),  # an hour later is no evidence
        (night(*OUT), "2026-11-21 09:00", waits_for("reset_1_1.csv")),  # nor is the end of the night
        (night(ACTIVE, snapshot(), *PARTS), "02:10", waits_for("reset_1_2.csv")),
        (night(ACTIVE, snapshot(), R), "02:01", RunJob("reset_confirmation")),
        (night(ACTIVE, snapshot(), AGAIN, made("applied_reset", R)), "02:01", RunJob("reset_confirmation")),
        (night(*APPLIED), "02:01", REST),
        (night(*APPLIED), "02:59", REST),
        (night(*APPLIED), "03:00", RunJob("variance")),
        (night(ACTIVE, snapshot(), PARTIAL, made("applied_reset", PARTIAL)), "03:00", RunJob("variance")),
        (night(*APPLIED, made("variance_delivery", reset(seq=9))), "03:00", RunJob("variance")),  # of another delivery
        (night(*APPLIED, variance(DeliveryState.NEW)), "03:01", RunJob("variance")),
        (night(*APPLIED, variance(DeliveryState.PUBLISHING)), "03:01", RunJob("variance")),
        (night(*APPLIED, made("variance_delivery", R)), "03:01", RunJob("reconciliation")),  # nothing to deduct
        (night(*DELIVERED[:-1], variance(DeliveryState.PUBLISHED)), "03:05", waits_for("variance_1.csv")),
        (night(*DELIVERED), "03:11", RunJob("reconciliation")),
        (night(*DELIVERED, made("applied_inventory", R)), "03:11", RunJob("reconciliation")),  # before the variance
        (night(*DELIVERED, READ_BACK), "03:12", Done()),
        (night(*DELIVERED, READ_BACK), "2026-11-23 12:00", Done()),
        (night(*DELIVERED, READ_BACK, hold()), "03:12", Blocked((held(),))),
        (night(*OUT, hold()), "01:50", Blocked((held(),))),
        (night(ACTIVE, snapshot(), FAILED, hold(FAILED.file_name)), "03:00", Blocked((held(),))),
        (night(ACTIVE, snapshot(), FAILED, hold(FAILED.file_name, approved=True)), "03:00", RunJob("reset")),
        (night(*APPLIED, V_FAILED, hold(V_FAILED.file_name, approved=True)), "04:00", RunJob("variance")),
    ],
)
@pytest.mark.parametrize("by_hand", [False, True])
def test_what_may_happen_next_whoever_asks(standing: NightState, clock: str, by_hand: bool, expected: NextStep) -> None:
    assert next_step(a_site(), standing, at(clock), by_hand=by_hand) == expected


@pytest.mark.parametrize(
    "standing, clock, expected",
    [
        (night(*OUT), "01:50", RunJob("variance")),
        (night(*OUT, made("variance_delivery")), "01:51", waits_for("reset_1_1.csv")),
        (night(*APPLIED[:-1], made("variance_delivery"), V), "02:01", RunJob("reset_confirmation")),
        (
            night(*APPLIED, made("variance_delivery"), V),
            "02:02",
            RunJob("variance"),
        ),  # the difference
        (night(*DELIVERED), "02:10", RunJob("reconciliation")),
    ],
)
def test_released_with_the_reset_it_goes_out_at_once_and_once_more(
    standing: NightState, clock: str, expected: NextStep
) -> None:
    assert next_step(a_site(variance={"release": "with_reset"}), standing, at(clock), by_hand=False) == expected


@pytest.mark.parametrize(
    "finished, now, released",
    [
        ("2026-11-01 01:30", "2026-11-01 01:29+", False),  # autumn: 01:30 comes twice, the hour is an hour
        ("2026-11-01 01:30", "2026-11-01 01:30+", True),
        ("2026-11-01 01:30+", "2026-11-01 02:29", False),
        ("2026-03-08 01:30", "2026-03-08 03:00", False),  # spring: 02:30 does not exist, 03:00 comes after 30 minutes
        ("2026-03-08 01:30", "2026-03-08 03:29", False),
        ("2026-03-08 01:30", "2026-03-08 03:30", True),
    ],
)
def test_the_reset_rests_a_real_hour_on_the_nights_the_clock_changes(finished: str, now: str, released: bool) -> None:
    applied = reset(finished=finished)
    standing = replace(night(*APPLIED), deliveries=(applied,))
    assert isinstance(next_step(a_site(), standing, at(now), by_hand=True), RunJob if released else Wait)


def test_the_rest_counts_from_the_last_part_and_is_configured() -> None:
    parts = (reset(finished="02:00", part=1), reset(finished="02:20", part=2))
    standing = night(ACTIVE, snapshot(), *parts, made("applied_reset", *parts))
    rested = datetime(2026, 11, 21, 7, 50, tzinfo=UTC)  # 02:50
    site = a_site(variance={"minutes_after_reset": 30})
    assert next_step(site, standing, rested - timedelta(seconds=1), by_hand=True) == replace(REST, until=rested)
    assert next_step(site, standing, rested, by_hand=True) == RunJob("variance")


def test_once_newer_stock_went_out_nothing_is_deducted_from_it() -> None:
    later = replace(night(*APPLIED), last_applied_as_of=AS_OF + timedelta(days=1))
    stopped = next_step(a_site(), later, at("03:00"), by_hand=True)
    assert stopped == Blocked((Reason(Kind.REFUSED, "HotWax was sent a newer snapshot (2026-11-22T05:00:00Z) since"),))
