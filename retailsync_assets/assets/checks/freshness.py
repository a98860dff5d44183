"""Asset checks that stop a run whose input belongs to another date, snapshot, product list or reset."""

from dataclasses import dataclass
from datetime import date, datetime

import dagster as dg

from retailsync_assets.assets.checks.nightly_check import nightly_check
from retailsync_assets.config.loader import Site
from retailsync_assets.ledger.models import DeliveryKind, Materialization, NightState
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.workflow.calendar import clock_time


@dataclass(frozen=True)
class Claim:
    """One statement about an input, and whether it is true."""

    holds: bool
    sentence: str


def of_this_night(standing: NightState, asset: str) -> Claim:
    """The asset was made for this business date."""
    made = standing.made.get(asset)
    if made is None:
        return Claim(False, f"{asset} was not made for {standing.business_date}")
    return Claim(True, f"{asset} was made for {standing.business_date}")


def of_this_snapshot(standing: NightState, asset: str) -> Claim:
    """The asset was made from the current snapshot of the business date."""
    made, snapshot = standing.made.get(asset), standing.snapshot
    if made is None or snapshot is None:
        return Claim(False, f"{asset} was not made for {standing.business_date}")
    if made.snapshot_id != snapshot.snapshot_id:
        return Claim(
            False, f"{asset} was made from snapshot {made.snapshot_id}, the current one is {snapshot.snapshot_id}"
        )
    return Claim(True, f"{asset} was made from snapshot {snapshot.snapshot_id}")


def of_this_list(standing: NightState, asset: str) -> Claim:
    """The asset was made from the current list of active products and stores, or its reset is delivered."""
    made, latest = standing.made.get(asset), standing.product_list
    if standing.current_deliveries(DeliveryKind.RESET):
        return Claim(True, f"the reset that {asset} was made for is delivered")
    if made is None or made.product_list != latest:
        return Claim(False, f"{asset} was not made from the current list of active products")
    return Claim(True, f"{asset} was made from the current list of active products")


def of_this_reset(standing: NightState, asset: str) -> Claim:
    """The asset was made from the delivered reset."""
    reset = ", ".join(standing.names(DeliveryKind.RESET))
    if not standing.is_of_current_reset(asset):
        return Claim(False, f"{asset} does not belong to the delivered reset: {reset or 'none'}")
    return Claim(True, f"{asset} belongs to {reset}")


def young_enough(site: Site, standing: NightState, now: datetime) -> Claim:
    """The snapshot is no older than the site's max_age_hours."""
    snapshot = standing.snapshot
    if snapshot is None:
        return Claim(False, f"no raw file for {standing.business_date} was accepted")
    hours = (now - snapshot.as_of).total_seconds() / 3600
    return Claim(
        hours <= site.retail_pro.max_age_hours,
        f"the snapshot is {hours:.1f} hours old, the limit is {site.retail_pro.max_age_hours:g}",
    )


def not_refreshed_early(site: Site, standing: NightState, now: datetime) -> Claim:
    """The list is as of its clock time, or that is still to come."""
    if standing.promised_reset:
        return Claim(True, f"{standing.promised_reset[0].file_name} is promised: its list stands")
    made, due = standing.made.get("active_products"), clock_time(standing.business_date, "active_products", site)
    if made is None:
        return Claim(False, f"active_products was not made for {standing.business_date}")
    early = made.made_at < due <= now
    return Claim(not early, f"active_products was made at {made.made_at:%H:%MZ}, scheduled for {due:%H:%MZ}")


def result(resources: SiteResources, on: date, asset: str, *claims: Claim) -> dg.AssetCheckResult:
    """The result of a blocking check: every claim has to be true; shows age, snapshot and hash of the input."""
    standing = resources.night(on)
    failed = list(dict.fromkeys(claim.sentence for claim in claims if not claim.holds))
    return dg.AssetCheckResult(
        passed=not failed,
        severity=dg.AssetCheckSeverity.ERROR,
        description="; ".join(failed or [claim.sentence for claim in claims]),
        metadata=_metadata(standing.made.get(asset), standing, resources.now()),
    )


def _metadata(made: Materialization | None, standing: NightState, now: datetime) -> dict[str, str | float]:
    shown: dict[str, str | float] = {"business_date": standing.business_date.isoformat()}
    if standing.snapshot is not None:
        shown["snapshot"] = standing.snapshot.snapshot_id
        shown["snapshot_age_hours"] = round((now - standing.snapshot.as_of).total_seconds() / 3600, 2)
    if made is not None:
        shown["sha256"] = made.sha256
        shown["age_hours"] = round((now - made.made_at).total_seconds() / 3600, 2)
    return shown


@dg.asset_check(asset="raw_reset_file", blocking=True)
@nightly_check()
def snapshot_matches_business_date(
    context: dg.AssetCheckExecutionContext, resources: dg.ResourceParam[SiteResources]
) -> dg.AssetCheckResult:
    """The raw file belongs to this business date and is no older than the site allows."""
    on = date.fromisoformat(context.partition_key)
    standing = resources.night(on)
    claims = of_this_snapshot(standing, "raw_reset_file"), young_enough(resources.site, standing, resources.now())
    return result(resources, on, "raw_reset_file", *claims)


@dg.asset_check(asset="active_products", blocking=True)
@nightly_check()
def active_products_match_business_date(
    context: dg.AssetCheckExecutionContext, resources: dg.ResourceParam[SiteResources]
) -> dg.AssetCheckResult:
    """The list of active products was made for this business date, not before its scheduled time."""
    on = date.fromisoformat(context.partition_key)
    standing = resources.night(on)
    claims = of_this_night(standing, "active_products"), not_refreshed_early(resources.site, standing, resources.now())
    return result(resources, on, "active_products", *claims)


@dg.asset_check(asset="filtered_reset", blocking=True)
@nightly_check()
def reset_matches_snapshot(
    context: dg.AssetCheckExecutionContext, resources: dg.ResourceParam[SiteResources]
) -> dg.AssetCheckResult:
    """The filtered rows were made from the current snapshot and the current list of active products."""
    on = date.fromisoformat(context.partition_key)
    standing = resources.night(on)
    claims = of_this_snapshot(standing, "filtered_reset"), of_this_list(standing, "filtered_reset")
    return result(resources, on, "filtered_reset", *claims)


@dg.asset_check(asset="applied_reset", blocking=True)
@nightly_check()
def confirmation_matches_reset(
    context: dg.AssetCheckExecutionContext, resources: dg.ResourceParam[SiteResources]
) -> dg.AssetCheckResult:
    """The import confirmation belongs to the delivered reset: no variance goes out before it or for another reset."""
    on = date.fromisoformat(context.partition_key)
    standing = resources.ledger.night_state(on)
    if resources.site.variance.release == "with_reset" and "variance_delivery" not in standing.made:
        return dg.AssetCheckResult(passed=True, description="this site sends the variance together with the reset")
    return result(resources, on, "applied_reset", of_this_reset(standing, "applied_reset"))
