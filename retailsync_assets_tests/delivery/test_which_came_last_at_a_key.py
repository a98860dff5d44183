"""A reset and a variance of one key, by the movements that each left or did not leave."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from retailsync_assets.delivery.row_order import RESET, VARIANCE, Key, Movement, Span, variance_came_last

EIGHT = datetime(2025, 11, 21, 8, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return EIGHT + timedelta(seconds=seconds)


def moved(seconds: float, units: int, reason: str | None, seq: str = "00001", item: str = "A-F1") -> Movement:
    return Movement(item, seq, at(seconds), Decimal(units), reason)


@dataclass(frozen=True)
class Case:
    """The reset of ten ran from second 10 to 20, the variance of two less from 0 to 30, unless it says otherwise."""

    story: str
    now: int
    movements: tuple[Movement, ...]
    stands: bool
    reset: tuple[float, float] = (10, 20)
    variance: tuple[float, float] = (0, 30)


CASES = [
    Case("set, then deducted", 8, (moved(12, 2, RESET), moved(14, -2, VARIANCE, "00002")), stands=True),
    Case("deducted, then set", 10, (moved(12, -2, VARIANCE), moved(14, 4, RESET, "00002")), stands=False),
    Case("in one moment, set first", 8, (moved(12, 2, RESET), moved(12, -2, VARIANCE, "00002")), stands=True),
    Case("in one moment, deducted first", 10, (moved(12, -2, VARIANCE), moved(12, 4, RESET, "00002")), stands=False),
    Case("in one moment, by the number", 8, (moved(12, -2, VARIANCE, "10"), moved(12, 2, RESET, "9")), stands=True),
    Case("in one moment at two places", 8,
         (moved(12, 2, RESET), moved(12, -2, VARIANCE, item="A-F1-2")), stands=False),
    Case("it stood so, then deducted", 8, (moved(14, -2, VARIANCE),), stands=True),
    Case("deducted, and then it stood so", 10, (moved(14, -2, VARIANCE),), stands=False),
    Case("it stood so, deducted after the end", 8, (moved(25, -2, VARIANCE),), stands=True),
    Case("it stood so before and after, in doubt", 10,
         (moved(14, -2, VARIANCE), moved(16, 2, "RTN_ITM_RCPT", "00002")), stands=False),
    Case("it stood so, deducted, and sold since", 5,
         (moved(14, -2, VARIANCE), moved(99, -3, "POS_SALE", "00002")), stands=True),
    Case("a total that is no sum of its movements, after the end", 99, (moved(25, -2, VARIANCE),), stands=True),
    Case("a total that is no sum of its movements, before the end", 99, (moved(15, -2, VARIANCE),), stands=False),
    Case("empty when deducted, then set", 10, (moved(15, 10, RESET),), stands=False),
    Case("set, sold out, nothing left to deduct", 0,
         (moved(12, 3, RESET), moved(14, -10, "POS_SALE", "00002")), stands=True),
    Case("set, and no trace of a variance that began later", 10, (moved(12, 3, RESET),), stands=True,
         variance=(40, 50)),
    Case("no trace of either, the variance began later", 10, (), stands=True, variance=(40, 50)),
    Case("no trace of either, in doubt", 10, (), stands=False),
    Case("within the second of the end, in doubt", 99, (moved(20.9, -2, VARIANCE),), stands=False),
    Case("the rows of another night", 8,
         (moved(-90_000, 3, RESET), moved(12, 2, RESET, "00002"), moved(14, -2, VARIANCE, "00003")), stands=True),
    Case("a log of whole seconds, a row just before", 8,
         (moved(9.6, 2, RESET), moved(14, -2, VARIANCE, "00002")), stands=True),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[case.story for case in CASES])
def test_the_last_one_stands_and_in_doubt_the_reset(case: Case) -> None:
    key = Key(10, {"A-F1": Decimal(case.now)}, case.movements)
    spans = [Span(*(at(seconds) for seconds in ends)) for ends in (case.reset, case.variance)]
    assert variance_came_last(key, *spans) is case.stands
