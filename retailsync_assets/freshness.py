"""When each asset should be there (for the page and its alerts), and checks that a stale input stops the night by."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

import dagster as dg

from retailsync_assets.night import clock, list_of, made_from
from retailsync_assets.records import Kind, Made, Standing
from retailsync_assets.sites import Site
from retailsync_assets.workplace import Workplace

LATEST = {
    "active_products": "reset",
    "raw_reset_file": "give_up",
    "filtered_reset": "give_up",
    "pos_acknowledgements": "give_up",
    "partial_shipment_variance": "give_up",
    "stuck_orders": "give_up",
    "reset_delivery": "give_up",
}
AFTER_GIVE_UP = timedelta(hours=3)
A_NIGHT = timedelta(hours=20)


def policy(site: Site, asset: str) -> dg.FreshnessPolicy:
    """Fresh if made in the hours before its deadline, every day; what follows HotWax's imports has three hours more."""
    name = LATEST.get(asset)
    at = datetime.combine(date(2000, 1, 1), site.at("reset" if name == "reset" else "give_up"), UTC)
    at += timedelta() if name else AFTER_GIVE_UP
    return _every_day(f"{at.minute} {at.hour} * * *", site.time_zone)


@cache
def _every_day(cron: str, time_zone: str) -> dg.FreshnessPolicy:
    """Dagster walks through a thousand ticks to check each policy: once for all assets and takes of a night."""
    return dg.FreshnessPolicy.cron(cron, lower_bound_delta=A_NIGHT, timezone=time_zone)


@dataclass(frozen=True)
class Claim:
    """What was found of an input: whether it may be used, in a sentence."""

    holds: bool
    sentence: str


def of_this_night(standing: Standing, asset: str) -> Claim:
    """The asset was made for this very business date."""
    made = standing.made.get(asset)
    if made is None:
        return Claim(False, f"{asset} was not made for {standing.business_date}")
    return Claim(True, f"{asset} was made for {standing.business_date}")


def of_this_snapshot(standing: Standing, asset: str) -> Claim:
    """The asset was made from the snapshot that the night works with now."""
    made, snapshot = standing.made.get(asset), standing.snapshot
    if made is None or snapshot is None:
        return Claim(False, f"{asset} was not made for {standing.business_date}")
    if made.snapshot_id != snapshot.snapshot_id:
        return Claim(False, f"{asset} is of snapshot {made.snapshot_id}, the night's is {snapshot.snapshot_id}")
    return Claim(True, f"{asset} is of snapshot {snapshot.snapshot_id}")


def of_this_list(standing: Standing, asset: str) -> Claim:
    """The asset was made from the list of active products and stores that the night has now, or its reset is out."""
    made, latest = standing.made.get(asset), list_of(standing)
    if standing.current(Kind.RESET):
        return Claim(True, f"the reset that {asset} was made for is out")
    if made is None or made.detail != latest:
        return Claim(False, f"{asset} was made from another list of active products than the night's")
    return Claim(True, f"{asset} was made from the night's list of active products")


def of_this_reset(standing: Standing, asset: str) -> Claim:
    """The asset was made from the reset that is out now."""
    made, reset = standing.made.get(asset), made_from(standing, Kind.RESET)
    if made is None or not reset or made.detail != reset:
        return Claim(False, f"{asset} is not of the reset that is out: {reset or 'none'}")
    return Claim(True, f"{asset} is of {reset}")


def young_enough(site: Site, standing: Standing, now: datetime) -> Claim:
    """The snapshot is no older than the site's max_age_hours."""
    snapshot = standing.snapshot
    if snapshot is None:
        return Claim(False, f"no raw file of {standing.business_date} was accepted")
    hours = (now - snapshot.as_of).total_seconds() / 3600
    return Claim(
        hours <= site.retail_pro.max_age_hours,
        f"its stock is {hours:.1f} hours old, {site.retail_pro.max_age_hours:g} are allowed",
    )


def not_judged_early(site: Site, standing: Standing, now: datetime) -> Claim:
    """The list is as of its clock time, or that is still to come."""
    made, due = standing.made.get("active_products"), clock(standing.business_date, "active_products", site)
    if made is None:
        return Claim(False, f"active_products was not made for {standing.business_date}")
    early = made.made_at < due <= now
    return Claim(not early, f"active_products was made at {made.made_at:%H:%MZ}, its clock time is {due:%H:%MZ}")


def result(place: Workplace, on: date, asset: str, *claims: Claim) -> dg.AssetCheckResult:
    """A blocking check's answer: every claim has to hold; shows age, snapshot and hash of the input."""
    standing = place.ledger.standing(on)
    failed = [claim.sentence for claim in claims if not claim.holds]
    return dg.AssetCheckResult(
        passed=not failed,
        severity=dg.AssetCheckSeverity.ERROR,
        description="; ".join(failed or [claim.sentence for claim in claims]),
        metadata=_metadata(standing.made.get(asset), standing, place.now()),
    )


def _metadata(made: Made | None, standing: Standing, now: datetime) -> dict[str, str | float]:
    shown: dict[str, str | float] = {"business_date": standing.business_date.isoformat()}
    if standing.snapshot is not None:
        shown["snapshot"] = standing.snapshot.snapshot_id
        shown["snapshot_age_hours"] = round((now - standing.snapshot.as_of).total_seconds() / 3600, 2)
    if made is not None:
        shown["sha256"] = made.sha256
        shown["age_hours"] = round((now - made.made_at).total_seconds() / 3600, 2)
    return shown
