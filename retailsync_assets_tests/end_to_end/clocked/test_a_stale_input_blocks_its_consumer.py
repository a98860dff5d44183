"""Checks on what a run reads and does not make: they block what would read it, and show how old it is and of what."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import dagster as dg
import pytest

from retailsync_assets.assets.checks import freshness
from retailsync_assets.assets.checks.freshness import Claim
from retailsync_assets.orchestration import jobs, site_definitions
from retailsync_assets_tests.end_to_end.clocked.clicks import (
    Stage,
    at,
    file_is_there,
    list_is_outdated,
    reset_is_out,
    reset_rests,
)
from retailsync_assets_tests.end_to_end.clocked.conftest import NewNight
from retailsync_assets_tests.end_to_end.clocked.daemon import QUIETLY
from retailsync_assets_tests.end_to_end.clocked.played_night import Night

Run = Callable[[Night], dg.ExecuteInProcessResult]
CLAIMS = ("of_this_night", "of_this_snapshot", "of_this_list", "of_this_reset", "young_enough", "not_refreshed_early")


def judged_early(night: Night) -> None:
    """The list of active products was made at 00:30, and it is 01:35."""
    file_is_there(night)
    at(night, "00:30")
    assert night.daemon.materialize(str(night.on), "active_products").success
    at(night, "01:35")


def a_day_later(night: Night) -> None:
    """The snapshot was accepted, and it is the day after."""
    reset_is_out(night)
    at(night, "+1 01:00")


def made_from_another(asset: str, **changes: Any) -> Stage:
    """The hour is over, and the asset was made, but from something else than what the night works with."""

    def stage(night: Night) -> None:
        reset_rests(night)
        at(night, "02:45")
        ledger = night.world.resources.ledger
        ledger.record_materialization(night.on, replace(ledger.night_state(night.on).made[asset], **changes))

    return stage


def job(name: str) -> Run:
    return lambda night: night.daemon.run(f"{night.world.resources.site.name}_{name}_job", str(night.on))


def delivery_alone(night: Night) -> dg.ExecuteInProcessResult:
    """`reset_delivery` with the check on the rows, which no job of the site runs without filtering them."""
    return with_check(night, "reset_delivery", "filtered_reset", "reset_matches_snapshot")


def filter_alone(night: Night) -> dg.ExecuteInProcessResult:
    """`filtered_reset` with the check on the snapshot, which no job of the site runs without landing it."""
    return with_check(night, "filtered_reset", "raw_reset_file", "snapshot_matches_business_date")


def with_check(night: Night, consumer: str, asset: str, check: str) -> dg.ExecuteInProcessResult:
    resources = night.world.resources
    own, read = (dg.AssetKey([resources.site.name, name]) for name in (consumer, asset))
    checks = dg.AssetSelection.checks(dg.AssetCheckKey(read, check))
    alone = dg.define_asset_job("alone", dg.AssetSelection.assets(own) | checks)
    found = dg.Definitions.merge(
        site_definitions.site_definitions(resources.site, resources), dg.Definitions(jobs=[alone])
    )
    return found.resolve_job_def("alone").execute_in_process(
        QUIETLY, instance=night.daemon.instance, partition_key=str(night.on), raise_on_error=False
    )


stale = pytest.mark.parametrize(
    "stage, run, check, says, consumer",
    [
        (file_is_there, job("reset"), "active_products_match_business_date",
         "active_products was not made for", "filtered_reset"),
        (judged_early, job("reset"), "active_products_match_business_date",
         "active_products was made at 05:30Z, scheduled for 06:00Z", "filtered_reset"),
        (a_day_later, filter_alone, "snapshot_matches_business_date",
         "the snapshot is 24.2 hours old, the limit is 24", "filtered_reset"),
        (list_is_outdated, delivery_alone, "reset_matches_snapshot",
         "filtered_reset was not made from the current list of active products", "reset_delivery"),
        (made_from_another("filtered_reset", snapshot_id="another"), job("variance"), "reset_matches_snapshot",
         "filtered_reset was made from snapshot another, the current one is", "partial_shipment_variance"),
        (reset_is_out, job("variance"), "confirmation_matches_reset",
         "applied_reset does not belong to the delivered reset", "variance_delivery"),
        (made_from_another("applied_reset", deliveries=("another.csv",)), job("variance"), "confirmation_matches_reset",
         "applied_reset does not belong to the delivered reset", "variance_delivery"),
    ],
    ids=["no list", "a list made too early", "an old snapshot", "rows of another list", "rows of another snapshot",
         "no evidence", "evidence of another reset"],
)  # fmt: skip


def started(result: dg.ExecuteInProcessResult, asset: str) -> bool:
    """Steps are named for their assets."""
    return any(e.step_key == asset and e.event_type == dg.DagsterEventType.STEP_START for e in result.all_events)


@stale
def test_it_blocks_although_its_input_is_not_part_of_the_run(
    new_night: NewNight, stage: Stage, run: Run, check: str, says: str, consumer: str
) -> None:
    night = new_night()
    stage(night)
    result = run(night)
    (found,) = (each for each in result.get_asset_check_evaluations() if each.check_name == check)
    assert (found.passed, found.severity, found.blocking) == (False, dg.AssetCheckSeverity.ERROR, True)
    assert says in (found.description or "")
    assert [started(result, asset) for asset in (found.asset_key.path[-1], consumer)] == [False, False]


@stale
def test_with_claims_that_always_hold_the_consumer_starts(
    new_night: NewNight, monkeypatch: pytest.MonkeyPatch, stage: Stage, run: Run, check: str, says: str, consumer: str
) -> None:
    night = new_night()
    stage(night)
    for claim in CLAIMS:
        monkeypatch.setattr(freshness, claim, lambda *_: Claim(True, "it holds"))
    assert started(run(night), consumer)


@pytest.mark.parametrize("name, consumer", [("reset", "filtered_reset"), ("variance", "variance_delivery")])
def test_in_a_job_without_checks_on_what_it_reads_the_consumer_starts(
    new_night: NewNight, monkeypatch: pytest.MonkeyPatch, name: str, consumer: str
) -> None:
    monkeypatch.setattr(jobs, "INPUTS", {})
    night = new_night()
    (file_is_there if name == "reset" else reset_is_out)(night)
    assert started(job(name)(night), consumer)


def test_one_that_passes_shows_age_snapshot_and_hash(new_night: NewNight) -> None:
    night = new_night()
    reset_rests(night)
    at(night, "02:45")
    (found,) = (
        each for each in job("variance")(night).get_asset_check_evaluations() if "confirmation" in each.check_name
    )
    standing = night.world.resources.ledger.night_state(night.on)
    assert found.passed
    assert standing.snapshot is not None
    assert {name: value.value for name, value in found.metadata.items()} == {
        "business_date": str(night.on),
        "snapshot": standing.snapshot.snapshot_id,
        "snapshot_age_hours": 1.92,
        "sha256": standing.made["applied_reset"].sha256,
        "age_hours": 1.0,
    }


def test_two_claims_that_fail_for_one_reason_say_it_once(new_night: NewNight) -> None:
    night = new_night()
    resources = at(night, "01:35").resources
    standing = resources.night(night.on)
    claims = (
        freshness.of_this_night(standing, "active_products"),
        freshness.not_refreshed_early(resources.site, standing, resources.now()),
    )
    found = freshness.result(resources, night.on, "active_products", *claims)
    assert (found.passed, found.description) == (False, f"active_products was not made for {night.on}")
