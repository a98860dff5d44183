"""Where things stand on a chart, in per cent of its width or height. Pure."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

TICKS = 5
"""Parts of an axis: more of them have no room for their labels on paper."""
HOURS = (1, 2, 3, 4, 6, 12, 24)


@dataclass(frozen=True)
class Axis:
    """A stretch of time, as wide as the chart."""

    first: datetime
    last: datetime

    def at(self, instant: datetime) -> float:
        """Per cent from the left."""
        return round(100 * (instant - self.first) / (self.last - self.first), 2)

    def ticks(self, zone: ZoneInfo) -> list[datetime]:
        """Whole hours of the zone's clocks within it, six at most."""
        hours = (self.last - self.first) / timedelta(hours=1)
        step = next((each for each in HOURS if hours / each <= TICKS), HOURS[-1])
        at = self.first.astimezone(zone).replace(minute=0, second=0, microsecond=0)
        found = list[datetime]()
        while at.timestamp() <= self.last.timestamp():
            if at.timestamp() >= self.first.timestamp() and at.hour % step == 0 and (step == 1 or not at.fold):
                found.append(at)
            at = (at.astimezone(self.first.tzinfo) + timedelta(hours=1)).astimezone(zone)
        return found[:: len(found) // (TICKS + 2) + 1]


@dataclass(frozen=True)
class ValueScale:
    """Values from the lowest to the highest, zero among them, from the bottom of a chart to its top."""

    lowest: float
    highest: float

    def at(self, value: float) -> float:
        """How far below the top, as a share of the height; where every value is zero, at the bottom."""
        return (self.highest - value) / (self.highest - self.lowest) if self.highest > self.lowest else 1.0

    def ends(self, apart: float) -> list[float]:
        """Zero, and the lowest and the highest value where they are that share of the height away from it."""
        far = abs(self.highest - self.lowest) * apart
        return sorted({0.0, *(end for end in (self.lowest, self.highest) if abs(end) > far)})


def value_scale(known: Iterable[float]) -> ValueScale:
    """Of values that stand on zero."""
    values = [0.0, *known]
    return ValueScale(min(values), max(values))


def axis_of(instants: Iterable[datetime]) -> Axis:
    """From the first to the last of them with a little room, an hour at least; raises ValueError for none."""
    known = sorted(instants)
    room = max((known[-1] - known[0]) * 0.02, timedelta(minutes=30) if known[-1] == known[0] else timedelta())
    return Axis(known[0] - room, known[-1] + room)


def share(value: float, most: float) -> float:
    """Per cent of the longest bar."""
    return round(100 * value / most, 2) if most > 0 else 0.0


def log_share(value: float, most: float) -> float:
    """The same on a logarithmic scale, so that one key can be seen beside five million rows."""
    return round(100 * math.log10(1 + value) / math.log10(1 + most), 2) if most > 0 else 0.0
