"""What time it is: handed to everything that asks, so that a test can tell it."""

from datetime import UTC, datetime, timedelta

CLOCK_DIFFERENCE = timedelta(minutes=5)
"""By how much the clocks of two machines may differ; what they say beyond that contradicts itself."""


class Clock:
    """The machine's clock."""

    def now(self) -> datetime:
        """This moment, aware, in UTC."""
        return datetime.now(UTC)
