"""One random night of two imports that overlap as they like (`with_reset`), told in HotWax's rows.

A reset in one or two parts and a variance; each sets or deducts its rows one by one, tills move the shelves meanwhile,
and the logs are as HotWax may write them: restarted after a crash, without a count, in whole seconds.
"""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from retailsync_assets.sandbox.hotwax.rows import Rows
from retailsync_assets_tests.end_to_end.histories.shelf import AS_OF, at

STORE = "F1"
WINDOW = 100.0
"""Within so many seconds from 08:00 on everything happens."""


@dataclass(eq=False)
class SharedShelf:
    """One SKU-location: what HotWax has, what the reset sets it to, and what the variance deducts (below zero)."""

    product: str
    hotwax: int
    quantity: int
    deducted: int
    set_at: float
    deducted_at: float
    part: int
    moved_since_set: int = 0
    is_set: bool = False
    silent: set[str] = field(default_factory=set[str])
    tills: int = 0
    details: int = 0

    @property
    def should_end_at(self) -> int:
        """Set once and deducted once, whichever came first, and whatever tills did after it was set."""
        return self.quantity + self.deducted + self.moved_since_set

    @property
    def doubtful(self) -> bool:
        """A row that changed nothing leaves no trace: with till movements around it, nobody can know when it was."""
        return bool(self.silent) and (self.tills > 0 or len(self.silent) > 1)

    def move(self, rows: Rows, moment: datetime, units: int, reason: str) -> None:
        self.hotwax += units
        self.details += 1
        rows.add(
            "INVENTORY_ITEM_DETAIL", INVENTORY_ITEM_ID=f"{self.product}-{STORE}",
            INVENTORY_ITEM_DETAIL_SEQ_ID=f"{self.details:05d}", EFFECTIVE_DATE=moment, QUANTITY_ON_HAND_DIFF=units,
            REASON_ENUM_ID=reason,
        )  # fmt: skip


class Overlap:
    """Plays it at once; `happened` says which of the odd things did."""

    def __init__(self, number: int, seed: int, rows: Rows) -> None:
        self.name, self.rows, self.chance = f"N{number}", rows, random.Random(seed * 1_000_003 + number)
        self.parts = self.chance.choice((1, 1, 2))
        self.whole_seconds = self.chance.random() < 0.2
        self.happened = {"two parts"} if self.parts == 2 else set[str]()
        if self.whole_seconds:
            self.happened.add("whole seconds")
        self.spans = {part: self._span() for part in range(self.parts)}
        self.variance = self._span()
        if any(self.variance[0] < end and start < self.variance[1] for start, end in self.spans.values()):
            self.happened.add("overlap")
        self.shelves = [self._shelf(which, part) for which, part in enumerate(sorted([*self.spans, 0, 0])[:3])]
        self._play()
        for part, span in self.spans.items():
            self._log(self.reset_file(part), "RESET_INVENTORY", span, len(self.rows_of(part)))
        self._log(self.variance_file, "MDM_INV_VARIANCE", self.variance, len(self.shelves))

    @property
    def variance_file(self) -> str:
        return f"V{self.name}.csv"

    def reset_file(self, part: int) -> str:
        return f"R{self.name}_p{part}.csv"

    def rows_of(self, part: int) -> list[SharedShelf]:
        return [shelf for shelf in self.shelves if shelf.part == part]

    def _span(self) -> tuple[float, float]:
        start = self.chance.uniform(0, WINDOW / 2)
        return start, start + self.chance.uniform(1, WINDOW / 2)

    def _shelf(self, which: int, part: int) -> SharedShelf:
        units, quantity = -self.chance.randint(1, 3), self.chance.randint(6, 12)
        hotwax = self.chance.choice((quantity, quantity - units, quantity + self.chance.randint(-3, 3)))
        set_at, deducted_at = self.chance.uniform(*self.spans[part]), self.chance.uniform(*self.variance)
        near = set_at + self.chance.uniform(-0.4, 0.4)
        if self.chance.random() < 0.3 and self.variance[0] < near < self.variance[1]:
            deducted_at = near
        if self._written(set_at) == self._written(deducted_at):
            self.happened.add("one moment")
        return SharedShelf(f"{self.name}{which}", hotwax, quantity, units, set_at, deducted_at, part)

    def _play(self) -> None:
        for shelf in self.shelves:
            events = [(shelf.set_at, "VAR_EXT_RESET", 0), (shelf.deducted_at, "VAR_INTEGR", shelf.deducted)]
            for _ in range(self.chance.choice((0, 0, 0, 1, 2))):
                moment = self.chance.uniform(0, 2 * WINDOW)
                events.append((moment, "POS_SALE", self.chance.choice((-1, 1, 2))))
            shelf.tills = len(events) - 2
            for moment, reason, units in sorted(events):
                self._event(shelf, moment, reason, units)
            self.happened.update(f"{which} changed nothing" for which in shelf.silent)
            self.rows.add(
                "INVENTORY_ITEM", INVENTORY_ITEM_ID=f"{shelf.product}-{STORE}", PRODUCT_ID=shelf.product,
                FACILITY_ID=STORE, LOCATION_SEQ_ID="L", QUANTITY_ON_HAND_TOTAL=shelf.hotwax,
                AVAILABLE_TO_PROMISE_TOTAL=shelf.hotwax,
            )  # fmt: skip

    def _event(self, shelf: SharedShelf, moment: float, reason: str, units: int) -> None:
        if reason == "VAR_EXT_RESET":
            shelf.is_set, units = True, shelf.quantity - shelf.hotwax
        elif reason == "POS_SALE":
            shelf.moved_since_set += units if shelf.is_set else 0
        if units:
            shelf.move(self.rows, self._written(moment), units, reason)
        else:
            shelf.silent.add(reason)

    def _written(self, seconds: float) -> datetime:
        written = at(3600 + seconds)
        return written.replace(microsecond=0) if self.whole_seconds else written

    def _log(self, file: str, config: str, span: tuple[float, float], count: int) -> None:
        luck = self.chance.random()
        logs = [(span, "SERVICE_FINISHED" if luck < 0.8 else "DmlsFinished")]
        if self.chance.random() < 0.1:
            logs.insert(0, ((span[0] - 30, span[0] - 10), "SERVICE_CRASHED"))
            self.happened.add("restarted")
        counted = self.chance.random() >= 0.1
        self.happened.update(() if counted else ("never counted",))
        for number, ((start, end), status) in enumerate(logs):
            log = f"{file}-{number}"[:40]
            started, finished = at(3600 + start), at(3600 + end)
            if self.whole_seconds:  # the start rounded to the nearest second, the end cut
                started = (started + timedelta(milliseconds=500)).replace(microsecond=0)
                finished = finished.replace(microsecond=0)
            self.rows.add(
                "DATA_MANAGER_LOG", LOG_ID=log, CONFIG_ID=config, STATUS_ID=status, CREATED_DATE=at(3500),
                START_DATE_TIME=started, FINISH_DATE_TIME=finished, TOTAL_RECORD_COUNT=count,
                FAILED_RECORD_COUNT=0 if counted else None,
            )  # fmt: skip
            self.rows.add(
                "DATA_MANAGER_CONTENT", LOG_CONTENT_ID=log, LOG_ID=log, LOG_CONTENT_TYPE_ENUM_ID="DmcntImported",
                FILE_NAME=file, CONTENT_DATE=AS_OF.replace(tzinfo=None),
            )  # fmt: skip
