"""One shelf, counted three times: what really stands there, what Retail Pro's books say, and what HotWax's say."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from retailsync_assets.sandbox.hotwax.rows import Rows

AS_OF = datetime(2025, 11, 21, 7, tzinfo=UTC)
STARTED, FINISHED, SENT, END = 3600.0, 3660.0, 7200.0, 9000.0
"""Seconds after the snapshot: the reset's import, the variance, and when the shelves are counted."""


def at(seconds: float) -> datetime:
    """What HotWax's database writes for so many seconds after the snapshot."""
    return (AS_OF + timedelta(seconds=seconds)).replace(tzinfo=None)


@dataclass(eq=False)
class Shelf:
    """Units of one product at one store; every movement of HotWax's number leaves a row.

    `booked_live` holds the moments at which a till moved all three at once, `short` is a unit that Retail Pro has sold
    and not yet been given back: its number is too low then, and nobody can know.
    """

    product: str
    store: str
    stands: int
    retail_pro: int = 0
    hotwax: int = 0
    counted: int = 0
    set_at: float = 0.0
    row_says_when: bool = False
    fails: bool = False
    absent: bool = False
    short: int = 0
    short_at_snapshot: bool = False
    details: int = 0

    def __post_init__(self) -> None:
        self.retail_pro = self.hotwax = self.stands
        self.booked_live: list[tuple[float, int]] = []
        self.touched: list[float] = []

    @property
    def item(self) -> str:
        return f"{self.product}-{self.store}"

    @property
    def is_set(self) -> bool:
        return not self.fails and not self.absent

    def move(self, rows: Rows, seconds: float, units: int, reason: str | None = None, **names: str) -> None:
        """HotWax's number moves, and a row says so."""
        self.hotwax += units
        self.details += 1
        self.touched.append(seconds)
        rows.add(
            "INVENTORY_ITEM_DETAIL", INVENTORY_ITEM_ID=self.item, INVENTORY_ITEM_DETAIL_SEQ_ID=f"{self.details:05d}",
            EFFECTIVE_DATE=at(seconds), QUANTITY_ON_HAND_DIFF=units, REASON_ENUM_ID=reason,
            ORDER_ID=names.get("ORDER_ID"), SHIPMENT_ID=names.get("SHIPMENT_ID"), RETURN_ID=names.get("RETURN_ID"),
        )  # fmt: skip

    def till(self, rows: Rows, seconds: float, units: int) -> None:
        """A till sells or takes back: goods, Retail Pro and HotWax move at once."""
        if self.stands + units < 0:
            return
        self.stands += units
        self.retail_pro += units
        self.booked_live.append((seconds, units))
        names = {"RETURN_ID": f"R{self.item}{self.details}"} if units > 0 else {}
        self.move(rows, seconds, units, "RTN_ITM_RCPT" if units > 0 else "POS_SALE", **names)

    def count(self) -> None:
        """Retail Pro writes its number into the raw file."""
        self.counted, self.short_at_snapshot = self.retail_pro, self.short > 0

    def set(self, rows: Rows) -> None:
        """HotWax's number becomes Retail Pro's, however old that is; nothing to change leaves no row."""
        target = max(self.counted, 0)
        self.row_says_when = target != self.hotwax
        if self.row_says_when:
            before = list(self.touched)
            self.move(rows, self.set_at, target - self.hotwax, "VAR_EXT_RESET")
            self.touched = before

    @property
    def erased_live(self) -> bool:
        """A till moved it between the snapshot and its reset."""
        return self.is_set and any(0 < moment < self.set_at for moment, _ in self.booked_live)

    @property
    def doubtful(self) -> bool:
        """No row says when it was set, and something moved while the import ran, or in the second in which that ended;
        or a return in the very second of the snapshot."""
        unknown = not self.row_says_when and any(STARTED <= moment < FINISHED + 1 for moment in self.touched)
        return unknown or any(0 <= moment < 1 and units > 0 for moment, units in self.booked_live)
