"""Everything is materialized while something has to be waited for: no failure, a reason, and nothing below it runs."""

from collections.abc import Callable

import dagster as dg
import pytest

from retailsync_assets.assets import nightly_step
from retailsync_assets.assets.failures import stop_reason
from retailsync_assets.errors import Kind
from retailsync_assets_tests.end_to_end.clocked.clicks import Stage, at, listing, reset_is_out, reset_rests
from retailsync_assets_tests.end_to_end.clocked.conftest import NewNight
from retailsync_assets_tests.end_to_end.clocked.played_night import Night

AFTER_THE_VARIANCE = {"applied_inventory", "on_hand_matches_target", "nightly_report"}
AFTER_THE_IMPORT = {"all_reset_rows_applied", "confirmation_matches_reset", "variance_delivery"} | AFTER_THE_VARIANCE
AFTER_THE_DELIVERY = {"applied_reset"} | AFTER_THE_IMPORT
AFTER_THE_FILE = {
    "snapshot_matches_business_date",
    "filtered_reset",
    "every_line_accounted_for",
    "within_circuit_breaker_limits",
    "in_scope_rows_valid",
    "reset_matches_snapshot",
    "partial_shipment_variance",
    "strict_and_documented_rules_agree",
    "unacknowledged_shipments",
    "no_shipment_unacknowledged_too_long",
    "reset_delivery",
} | AFTER_THE_DELIVERY


def no_file(night: Night) -> None:
    """Retail Pro has not exported yet."""
    at(night, "01:35")


def everything(night: Night) -> dg.ExecuteInProcessResult:
    return night.daemon.materialize(str(night.on))


def job(name: str) -> Callable[[Night], dg.ExecuteInProcessResult]:
    return lambda night: night.daemon.run(f"{night.world.resources.site.name}_{name}_job", str(night.on))


waits = pytest.mark.parametrize(
    "stage, run, what_for, skipped",
    [
        (no_file, everything, "no raw reset file for", AFTER_THE_FILE),
        (reset_is_out, everything, "HotWax has not imported ResetInventory_", AFTER_THE_IMPORT),
        (reset_rests, everything, "waiting period between reset and variance, until", AFTER_THE_VARIANCE),
        (reset_is_out, job("reset_confirmation"), "HotWax has not imported", AFTER_THE_IMPORT - {"variance_delivery"}),
    ],
    ids=["for Retail Pro", "for HotWax", "for the hour to pass", "for HotWax, its own job"],
)


def steps(result: dg.ExecuteInProcessResult, kind: dg.DagsterEventType) -> set[str]:
    """The steps, each named for its asset or its check, of which there is such an event."""
    found = {event.step_key for event in result.all_events if event.event_type == kind and event.step_key}
    return {name for name in AFTER_THE_FILE for step in found if step == name or step.endswith(f"_{name}")}


@waits
def test_the_run_succeeds_with_its_reason_and_starts_nothing_below(
    new_night: NewNight,
    stage: Stage,
    run: Callable[[Night], dg.ExecuteInProcessResult],
    what_for: str,
    skipped: set[str],
) -> None:
    night = new_night()
    stage(night)
    before = listing(night.world)
    result = run(night)
    reason = stop_reason(result.all_events, result.run_id, failed=not result.success)
    assert result.success
    assert reason is not None
    assert (reason.kind, what_for in reason.text) == (Kind.WAITING, True), reason
    in_the_run = steps(result, dg.DagsterEventType.STEP_SKIPPED) | steps(result, dg.DagsterEventType.STEP_START)
    assert steps(result, dg.DagsterEventType.STEP_SKIPPED) == skipped & in_the_run
    assert not steps(result, dg.DagsterEventType.STEP_START) & skipped
    assert listing(night.world) == before


def test_a_wait_that_is_raised_would_be_a_failure(new_night: NewNight, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nightly_step, "Waiting", ZeroDivisionError)
    night = new_night()
    no_file(night)
    assert not everything(night).success
