"""Partitions: one for each business date of a site."""

from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import dagster as dg

from retailsync_assets.config.loader import Site

A_YEAR = 366


def nights(site: Site) -> dg.DailyPartitionsDefinition:
    """One partition for each business date; the newest is this moment's, which begins at the cut-off of the day before.

    Where the cut-off comes twice or never on the night that clocks change, Dagster has no partition for that hour, or
    fails: such a site's partitions are days of UTC of the same names, of which one or two lie ahead.
    """
    cut_off, first = site.at("cut_off"), site.schedule.first_night
    if _comes_twice_or_never(site.time_zone, cut_off):
        west = (datetime.combine(date.fromisoformat(first), time(), site.zone).utcoffset() or timedelta()) < timedelta()
        # West of Greenwich a business date is at most a day ahead of UTC's, elsewhere two.
        return dg.DailyPartitionsDefinition(start_date=first, timezone="UTC", end_offset=2 if west else 3)
    return dg.DailyPartitionsDefinition(
        start_date=first, timezone=site.time_zone, hour_offset=cut_off.hour, minute_offset=cut_off.minute, end_offset=2
    )


@cache
def _comes_twice_or_never(time_zone: str, at: time) -> bool:
    """Is there a day of the year on which this local time comes twice, or never?"""
    zone, first = ZoneInfo(time_zone), date.today().replace(month=1, day=1)  # noqa: DTZ011 - only its year counts
    return any(
        datetime.combine(day, at, zone).utcoffset() != datetime.combine(day, at, zone).replace(fold=1).utcoffset()
        for day in (first + timedelta(days=days) for days in range(A_YEAR))
    )
