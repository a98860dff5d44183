"""Which came last at one key, its reset or its variance: by the rows that each left, or by what stood there. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

A_SECOND = timedelta(seconds=1)
"""A log may keep whole seconds where the rows of inventory items keep fractions."""

RESET, VARIANCE = "VAR_EXT_RESET", "VAR_INTEGR"


@dataclass(frozen=True)
class Span:
    """When something was applied: no earlier, and no later; UTC."""

    earliest: datetime
    latest: datetime

    def holds(self, moment: datetime) -> bool:
        return self.earliest - A_SECOND <= moment <= self.latest + A_SECOND


@dataclass(frozen=True)
class Movement:
    """One movement of an inventory item; `seq` counts them within the item."""

    item: str
    seq: str
    at: datetime
    units: Decimal
    reason: str | None

    @property
    def place(self) -> tuple[datetime, int, str]:
        """Sorts the movements of one item as they happened, also within one moment."""
        return self.at, len(self.seq), self.seq


@dataclass(frozen=True)
class Key:
    """One key: the quantity its reset sets, its items' units now, and their movements since before either import."""

    quantity: int
    on_hand: dict[str, Decimal]
    movements: Sequence[Movement]


def variance_came_last(key: Key, reset: Span, variance: Span) -> bool:
    """Whether a variance still counts at a key that was reset; where nothing tells, the reset has overwritten it.

    A row that changed nothing leaves no movement: a reset of what stood there, a variance of an empty shelf. Then what
    stood there before and after the other one's movement tells when it was found so.
    """
    set_by = _last(key, RESET, reset)
    moved_by = _last(key, VARIANCE, variance)
    if set_by and moved_by:
        return moved_by.place > set_by.place if set_by.item == moved_by.item else moved_by.at > set_by.at
    if moved_by:
        found_before = _found(key, moved_by, reset, lambda units: units == key.quantity)
        return moved_by.at > reset.latest + A_SECOND if found_before is None else found_before
    if set_by:
        found_before = _found(key, set_by, variance, lambda units: units <= 0)
        return variance.earliest - A_SECOND > set_by.at if found_before is None else not found_before
    return variance.earliest - A_SECOND > reset.latest + A_SECOND


def _last(key: Key, reason: str, span: Span) -> Movement | None:
    """The last movement for this reason within an import's time."""
    found = [each for each in key.movements if each.reason == reason and span.holds(each.at)]
    return max(found, key=lambda each: each.place, default=None)


def _found(key: Key, pivot: Movement, span: Span, condition: Callable[[Decimal], bool]) -> bool | None:
    """Whether an item's units met a condition before this movement of it, and not after, within that time.

    True: only before; False: only after; None: both or neither.
    """
    movements = sorted((each for each in key.movements if each.item == pivot.item), key=lambda each: each.place)
    units, later, met = key.on_hand.get(pivot.item, Decimal(0)), datetime.max.replace(tzinfo=UTC), set[bool]()
    for place in range(len(movements), -1, -1):
        since = movements[place - 1].at if place else datetime.min.replace(tzinfo=UTC)
        if condition(units) and since <= span.latest + A_SECOND and later >= span.earliest - A_SECOND:
            met.add(place <= movements.index(pivot))
        if place:
            units, later = units - movements[place - 1].units, since
    return met.pop() if len(met) == 1 else None
