"""Partitions: one for each business date of a site."""

from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import dagster as dg

from retailsync_assets.config.loader import Site
from retailsync_assets.errors import RetailSyncError
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.workflow.calendar import business_date

A_YEAR = 366
LEDGER_AWAY = timedelta(days=14)
"""So many business dates are there while the ledger can't say which was the first."""


def first_night(resources: SiteResources) -> date:
    """The site's first business date: as configured, else the first that the ledger knows, else the current one."""
    configured, tonight = resources.site.schedule.first_night, business_date(resources.now(), resources.site)
    if configured is not None:
        return date.fromisoformat(configured)
    try:
        known = resources.ledger.first_business_date()
    except RetailSyncError:
        return tonight - LEDGER_AWAY
    return tonight if known is None else min(known, tonight)


def nights(site: Site, first: date) -> dg.DailyPartitionsDefinition:
    """One partition for each business date; the newest is this moment's, which begins at the cut-off of the day before.

    Where the cut-off comes twice or never on the night that clocks change, Dagster has no partition for that hour, or
    fails: such a site's partitions are days of UTC of the same names, of which one or two lie ahead.
    """
    cut_off, start = site.at("cut_off"), first.isoformat()
    if _comes_twice_or_never(site.time_zone, cut_off):
        west = (datetime.combine(first, time(), site.zone).utcoffset() or timedelta()) < timedelta()
        # West of Greenwich a business date is at most a day ahead of UTC's, elsewhere two.
        return dg.DailyPartitionsDefinition(start_date=start, timezone="UTC", end_offset=2 if west else 3)
    return dg.DailyPartitionsDefinition(
        start_date=start, timezone=site.time_zone, hour_offset=cut_off.hour, minute_offset=cut_off.minute, end_offset=2
    )


@cache
def _comes_twice_or_never(time_zone: str, at: time) -> bool:
    """Is there a day of the year on which this local time comes twice, or never?"""
    zone, first = ZoneInfo(time_zone), date.today().replace(month=1, day=1)  # noqa: DTZ011 - only its year counts
    return any(
        datetime.combine(day, at, zone).utcoffset() != datetime.combine(day, at, zone).replace(fold=1).utcoffset()
        for day in (first + timedelta(days=days) for days in range(A_YEAR))
    )
