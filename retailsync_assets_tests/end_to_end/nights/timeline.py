"""When an event comes decides what is deducted: the cases, and what either rule makes of each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from retailsync_assets_tests.end_to_end.nights.order_desk import OrderDesk as Desk
from retailsync_assets_tests.end_to_end.nights.site_file import Settings

Event = tuple[str, Callable[[Desk, str, str], None]]
Units = Mapping[str, float]
ELSEWHERE = "F22"
NOTHING: Units = {}


@dataclass(frozen=True)
class Case:
    """A story at a store of its own: F and its number. `strict` and `documented` are what the variance files must say
    there, `left` is what really stands there in the end. Retail Pro's file has `raw` units of A, or no such row.

    `night` is the one that tells it; with `settings` the case has a night of its own.
    """

    number: int
    story: str
    events: tuple[Event, ...]
    strict: Units
    documented: Units
    left: Units
    raw: int | None = 10
    night: str = "plain"
    settings: Settings = field(default_factory=dict[str, Any])

    @property
    def store(self) -> str:
        return f"F{self.number}"


def take_back_elsewhere(desk: Desk, facility: str, at: str) -> None:
    desk.take_back(ELSEWHERE, at)


DEDUCTED, EIGHT = {"A": -2}, {"A": 8}
SHIPPED: Event = ("-1 09:00", Desk.ship)
CASES = [
    Case(1, "a sibling line is still open", (SHIPPED,), DEDUCTED, DEDUCTED, EIGHT),
    Case(2, "completed and accepted the day before",
         (SHIPPED, ("-1 18:00", Desk.complete), ("-1 18:20", Desk.acknowledge)), NOTHING, NOTHING, EIGHT, raw=8),
    Case(3, "completed before the snapshot, accepted after it",
         (SHIPPED, ("06:30", Desk.complete), ("07:20", Desk.acknowledge)), DEDUCTED, NOTHING, EIGHT),
    Case(4, "completed, and never accepted", (SHIPPED, ("-1 18:00", Desk.complete)), DEDUCTED, NOTHING, EIGHT),
    Case(5, "an open order's line after the snapshot", (("07:20", Desk.ship),), DEDUCTED, DEDUCTED, EIGHT),
    Case(6, "shipped and accepted after the snapshot",
         (("07:20", Desk.ship_whole), ("07:30", Desk.acknowledge)), DEDUCTED, NOTHING, EIGHT),
    Case(7, "shipped after it was computed", (("07:50", Desk.ship_whole),), DEDUCTED, NOTHING, EIGHT),
    Case(7, "shipped after the variance is out", (("07:50", Desk.ship_whole),), DEDUCTED, NOTHING, EIGHT,
         settings={"variance": {"release": "with_reset"}}),
    Case(8, "shipped after the reset", (("08:30", Desk.ship),), NOTHING, DEDUCTED, EIGHT),
    Case(9, "packed, not handed over", (("-1 09:00", Desk.pack),), NOTHING, NOTHING, {"A": 10}),
    Case(10, "completed by cancelling the rest",
         (SHIPPED, ("06:00", Desk.cancel_the_rest), ("07:10", Desk.acknowledge)), DEDUCTED, NOTHING, EIGHT),
    Case(11, "not in the delta file", (SHIPPED,), NOTHING, NOTHING, EIGHT, raw=None,
         settings={"retail_pro": {"kind": "delta"}}),
    Case(12, "its reset row failed", (SHIPPED,), NOTHING, NOTHING, EIGHT),
    Case(13, "still open the day after", (SHIPPED,), DEDUCTED, DEDUCTED, EIGHT, night="day after"),
    Case(14, "returned at another store", (SHIPPED, ("-1 20:00", take_back_elsewhere)), DEDUCTED, DEDUCTED, EIGHT),
    Case(15, "invoiced elsewhere, its slip pending", (("-1 09:00", Desk.ship_whole), ("06:35", Desk.acknowledge)),
         DEDUCTED, NOTHING, EIGHT, settings={"retail_pro": {"acknowledgements": {"source": "responses"}}}),
    Case(16, "more shipped than Retail Pro has", (SHIPPED,), {"A": -1}, {"A": -1}, {"A": 0}, raw=1),
    Case(17, "Retail Pro is below zero", (), NOTHING, NOTHING, {"A": 0}, raw=-2),
    Case(18, "a transfer", (("-1 09:00", Desk.transfer),), NOTHING, NOTHING, EIGHT, raw=8),
    Case(19, "a kit", (("-1 09:00", Desk.ship_kit),), {"SOCK-WHT": -2, "LACE-BLK": -1},
         {"SOCK-WHT": -2, "LACE-BLK": -1}, {"A": 10, "SOCK-WHT": 8, "LACE-BLK": 9}),
    Case(20, "the same snapshot twice", (SHIPPED,), DEDUCTED, DEDUCTED, EIGHT, night="again"),
    Case(21, "an older snapshot afterwards", (SHIPPED,), NOTHING, NOTHING, EIGHT, night="older"),
]  # fmt: skip
