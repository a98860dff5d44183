"""The calendar of a nightly run: which business date an instant belongs to, and when its clock times are. Pure."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal

from retailsync_assets.config.loader import Site


def business_date(instant: datetime, site: Site) -> date:
    """The date of the first cut-off at or after an instant, in the site's zone."""
    local = instant.astimezone(site.zone).date()
    near = (local + timedelta(days=days) for days in (-1, 0, 1, 2))  # where clocks change at midnight, not the next two
    return next(day for day in near if instant <= _instant(day, site.at("cut_off"), site))


def clock_time(on: date, name: Literal["active_products", "reset", "cut_off", "give_up"], site: Site) -> datetime:
    """The instant (UTC) of a clock time of a business date: times after the cut-off are the evening before's."""
    at = site.at(name)
    return _instant(on if at <= site.at("cut_off") else on - timedelta(days=1), at, site)


def zulu(instant: datetime | None) -> str | None:
    """An instant as JSON has it: `2026-11-21T05:00:00Z`."""
    return None if instant is None else f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def local_time(instant: datetime, on: date, zone: tzinfo) -> str:
    """An instant as a person reads it: `01:30`, with the day where it is not the business date's own."""
    local = instant.astimezone(zone)
    return f"{local:%H:%M}" if local.date() == on else f"{local:%b %-d, %H:%M}"


def _instant(day: date, at: time, site: Site) -> datetime:
    return datetime.combine(day, at, tzinfo=site.zone).astimezone(UTC)
