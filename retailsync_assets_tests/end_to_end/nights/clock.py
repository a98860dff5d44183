"""The time of a test's night, set by hand."""

from datetime import UTC, date, datetime, time, timedelta

from retailsync_assets.resources.clock import Clock

NIGHT = date(2025, 11, 21)
"""The business date that the tests are about; past, because Dagster has partitions up to the machine's own today."""


def moment(text: str) -> datetime:
    """`"07:45"` of that date, `"-1 18:00"` of the day before, `"+1 07:00"` of the day after; UTC."""
    days, _, clock = text.rpartition(" ")
    return datetime.combine(NIGHT + timedelta(days=int(days or 0)), time.fromisoformat(clock), tzinfo=UTC)


class SetClock(Clock):
    """Stands still until it is set."""

    def __init__(self) -> None:
        self.moment = moment("07:45")

    def now(self) -> datetime:
        return self.moment
