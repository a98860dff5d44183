"""Freshness policies: when each asset is due, for the Dagster UI and its alerts."""

from datetime import UTC, date, datetime, timedelta
from functools import cache

import dagster as dg

from retailsync_assets.config.loader import Site

LATEST = {
    "active_products": "reset",
    "raw_reset_file": "give_up",
    "filtered_reset": "give_up",
    "pos_acknowledgements": "give_up",
    "partial_shipment_variance": "give_up",
    "unacknowledged_shipments": "give_up",
    "reset_delivery": "give_up",
}
AFTER_GIVE_UP = timedelta(hours=3)
A_NIGHT = timedelta(hours=20)


def policy(site: Site, asset: str) -> dg.FreshnessPolicy:
    """Fresh if made in the hours before its deadline, every day; what follows HotWax's imports has three more hours."""
    name = LATEST.get(asset)
    at = datetime.combine(date(2000, 1, 1), site.at("reset" if name == "reset" else "give_up"), UTC)
    at += timedelta() if name else AFTER_GIVE_UP
    return _every_day(f"{at.minute} {at.hour} * * *", site.time_zone)


@cache
def _every_day(cron: str, time_zone: str) -> dg.FreshnessPolicy:
    """Dagster walks through a thousand ticks to check each policy: once for all assets and takes of a night."""
    return dg.FreshnessPolicy.cron(cron, lower_bound_delta=A_NIGHT, timezone=time_zone)
