"""When Retail Pro takes its nightly snapshot."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

ZONE: Final = ZoneInfo("America/New_York")
CUT_OFF: Final = time(6)
EXPORT: Final = time(0, 30)


def business_date(instant: datetime) -> date:
    """The date of the first cut-off, 06:00 in New York, at or after that instant."""
    local = instant.astimezone(ZONE)
    return local.date() if instant <= _at(local.date(), CUT_OFF) else local.date() + timedelta(days=1)


def first_snapshot(now: datetime) -> datetime:
    """The snapshot for the current business date, whole seconds: five minutes old, but after the last cut-off.

    In the second after a cut-off, and only then, it is that much ahead of `now`.
    """
    earliest = _at(business_date(now) - timedelta(days=1), CUT_OFF) + timedelta(seconds=1)
    return max(earliest, now - timedelta(minutes=5)).astimezone(UTC).replace(microsecond=0)


def next_snapshot(now: datetime, last: datetime | None, *, starting: bool) -> datetime | None:
    """The moment of the snapshot to export now, never in the future; None: nothing to export yet.

    A world that starts has its file at once. One that runs on waits for half past midnight, as Retail Pro does.
    """
    today = business_date(now)
    if last is not None and business_date(last) >= today:
        return None
    if not starting and now < _at(today, EXPORT):
        return None
    as_of = first_snapshot(now)
    return as_of if as_of <= now else None


def _at(day: date, clock: time) -> datetime:
    """In UTC: two instants of one zone compare by their clocks, which is wrong on the nights they change."""
    return datetime.combine(day, clock, ZONE).astimezone(UTC)
