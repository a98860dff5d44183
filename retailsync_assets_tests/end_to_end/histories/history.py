"""One random history: orders, tills and bookings on the shelves of two products at three stores, told in HotWax's rows.

It knows nothing of any rule: goods leave, books are written, each at its moment.
"""

import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from retailsync_assets.sandbox.hotwax.rows import Rows
from retailsync_assets_tests.end_to_end.histories.shelf import AS_OF, END, FINISHED, SENT, STARTED, Shelf, at

STORES = ("F1", "F2", "F3")
DAY = 86_400.0
Event = tuple[float, Callable[[], None]]


class History:
    """`until_sent` plays it up to the variance; `to_the_end` applies that and plays the rest."""

    def __init__(
        self, number: int, seed: int, rows: Rows, responses: list[dict[str, object]], *, other_letters: bool = False
    ) -> None:
        self.name, self.rows, self.responses = f"H{number}", rows, responses
        self.other_letters, self.seen = other_letters, Counter[str]()
        self.chance = random.Random(seed * 1_000_003 + number)
        self.products = (f"{self.name}A", f"{self.name}B")
        self.shelves = {(p, f): self._shelf(p, f) for p in self.products for f in STORES}
        self.later: list[Event] = []
        self.orders = 0
        self.ends: list[Callable[[], None]] = []
        for _ in range(self.chance.randint(1, 4)):
            self._order()
        for _ in range(self.chance.choice((0, 0, 1, 2, 3))):
            shelf, units = self.chance.choice(list(self.shelves.values())), self.chance.choice((-2, -1, 1, 2))
            self._when(lambda at, shelf=shelf, units=units: shelf.till(rows, at, units))
        for shelf in self.shelves.values():
            self.later.append((0.0, shelf.count))
            if shelf.is_set:
                self.later.append((shelf.set_at, lambda shelf=shelf: shelf.set(rows)))
        self.later.sort(key=lambda event: event[0])

    def until_sent(self) -> None:
        """Everything up to the variance; then HotWax's tables say how its orders and shelves stand."""
        self._play(SENT)
        for tell in self.ends:
            tell()
        for product in (*self.products, f"{self.name}KIT"):
            self.rows.add("PRODUCT", PRODUCT_ID=product, INTERNAL_NAME=product)
        for shelf in self.shelves.values():
            self.rows.add(
                "INVENTORY_ITEM", INVENTORY_ITEM_ID=shelf.item, PRODUCT_ID=self.spelled(shelf.product),
                FACILITY_ID=self.spelled(shelf.store),
                LOCATION_SEQ_ID="TLTLTLLL01", QUANTITY_ON_HAND_TOTAL=shelf.hotwax,
                AVAILABLE_TO_PROMISE_TOTAL=shelf.hotwax,
            )  # fmt: skip

    def to_the_end(self) -> None:
        """What comes after the variance, which its shelves have had."""
        self._play(END)

    def happens(self, what: str, probability: float) -> bool:
        """By chance, and counted."""
        found = self.chance.random() < probability
        self.seen[what] += found
        return found

    def spelled(self, name: str) -> str:
        """An id as a row may write it that refers to it, where HotWax's database takes both for one."""
        return f"{name.lower()} " if self.other_letters and self.happens("ids in other letters", 0.1) else name

    def _play(self, until: float) -> None:
        while self.later and self.later[0][0] <= until:
            self.later.pop(0)[1]()

    def _shelf(self, product: str, store: str) -> Shelf:
        shelf = Shelf(product, store, self.chance.choice((1, 2, 4, 8, 20)))
        shelf.set_at = self.chance.uniform(STARTED, FINISHED)
        luck = self.chance.random()
        shelf.fails, shelf.absent = luck < 0.03, 0.03 <= luck < 0.08
        return shelf

    def _moment(self, after: float = -3 * DAY) -> float:
        """Mostly around the night, sometimes long before; never the same twice."""
        spans = ((-400 * DAY, -DAY), (-DAY, 0), (-1800, 0), (0, STARTED), (0, STARTED), (STARTED, FINISHED),
                 (FINISHED, SENT), (SENT, END), (END, 2 * DAY))  # fmt: skip
        low, high = self.chance.choice([span for span in spans if span[1] > after] or [(after, after + DAY)])
        return round(self.chance.uniform(max(low, after), high), 6)

    def _when(self, happens: Callable[[float], None], after: float = -3 * DAY) -> float:
        moment = self._moment(after)
        self.later.append((moment, lambda: happens(moment)))
        return moment

    def _order(self) -> None:
        self.orders += 1
        order = f"{self.name}-{self.orders}"
        kind = "TRANSFER_ORDER" if self.chance.random() < 0.05 else "SALES_ORDER"
        lines = [self.chance.choice(("A", "A", "B", "KIT")) for _ in range(self.chance.randint(1, 3))]
        by_parcel = self.chance.random() < 0.7
        send_sale = by_parcel and self.chance.random() < 0.1
        parcels = list[Parcel]()
        if self.happens("kits of two lines in one item", 0.1):
            lines += ["KIT", "KIT"]
            parcels.append(Parcel(self, order, (len(lines) - 1, len(lines)), "KIT", 1, kind))
            send_sale = False
        alone = len(lines) - 2 * len(parcels)
        for line, what in enumerate(lines[:alone], start=1):
            if self.chance.random() < 0.2:
                continue  # it stays open, or is cancelled: nothing leaves
            for _ in range(self.chance.choice((1, 1, 1, 2))):
                parcels.append(Parcel(self, order, (line,), what, len(parcels) + 1, kind))
        for parcel in parcels:
            before = self._moment(-400 * DAY) if kind == "SALES_ORDER" else -self.chance.uniform(1, DAY)
            self.later.append((before, lambda parcel=parcel, before=before: parcel.leave(before, send_sale)))
            parcel.leaves = before
        self.ends.append(lambda: self._tell(order, kind, lines, parcels))
        if kind == "TRANSFER_ORDER":
            return
        if by_parcel:
            for parcel in parcels:
                for line in parcel.lines if len(parcel.lines) > 1 else ():
                    if self.chance.random() < 0.7:
                        self._when(lambda at, parcel=parcel, line=line: parcel.noted(at, line=line), parcel.leaves + 1)
                if len(parcel.lines) == 1 and self.chance.random() < 0.7:
                    self._when(parcel.noted, parcel.leaves + 1)
        elif parcels and self.chance.random() < 0.7:
            last = max if self.chance.random() < 0.6 else min
            self._when(lambda at: self._note_all(parcels, at), last(parcel.leaves for parcel in parcels) + 1)

    def _note_all(self, parcels: "list[Parcel]", at_: float) -> None:
        """Retail Pro takes note of a whole order, as far as it has left."""
        gone = [parcel.gone for parcel in parcels]
        self.seen["orders noted before all had left"] += any(gone) and not all(gone)
        for parcel in parcels:
            parcel.noted(at_, whole=True)

    def _tell(self, order: str, kind: str, lines: list[str], parcels: "list[Parcel]") -> None:
        gone = {line for parcel in parcels if parcel.gone for line in parcel.lines}
        ends = [self.chance.choice(("ITEM_CANCELLED", "ITEM_APPROVED")) for _ in lines]
        states = ["ITEM_COMPLETED" if line in gone else end for line, end in enumerate(ends, start=1)]
        whole = "ITEM_APPROVED" not in states
        self.rows.add(
            "ORDER_HEADER", ORDER_ID=order, ORDER_TYPE_ID=kind, PRODUCT_STORE_ID="STORE",
            STATUS_ID="ORDER_COMPLETED" if whole and gone else "ORDER_APPROVED",
            ORDER_DATE=(AS_OF - timedelta(days=500)).replace(tzinfo=None),
        )  # fmt: skip
        self.rows.add("ORDER_ITEM_SHIP_GROUP", ORDER_ID=order, SHIP_GROUP_SEQ_ID="00001", FACILITY_ID="F1")
        for line, (what, state) in enumerate(zip(lines, states, strict=True), start=1):
            self.rows.add(
                "ORDER_ITEM", ORDER_ID=order, ORDER_ITEM_SEQ_ID=f"{line:05d}", SHIP_GROUP_SEQ_ID="00001",
                PRODUCT_ID=f"{self.name}{what}", QUANTITY=1, STATUS_ID=state,
            )  # fmt: skip


class Parcel:
    """What leaves one store for a line of an order; a kit leaves as one A and two B, several of them in one item."""

    def __init__(self, history: History, order: str, lines: tuple[int, ...], what: str, number: int, kind: str) -> None:
        self.history, self.order, self.lines, self.kind = history, order, lines, kind
        self.id, self.kit, self.leaves, self.gone = f"{order}-S{number}", what == "KIT", 0.0, False
        store, units = history.chance.choice(STORES), history.chance.randint(1, 3)
        products = {"A": units} if what == "A" else {"B": units} if what == "B" else {"A": 1, "B": 2}
        self.units = {
            history.shelves[f"{history.name}{each}", store]: count * len(lines) for each, count in products.items()
        }
        self.store, self.seller = store, history.chance.choice(STORES)

    def leave(self, at_: float, send_sale: bool) -> None:
        """The goods go, and HotWax's number with them; for a transfer Retail Pro's, too. What isn't there can't go."""
        if any(shelf.stands < units for shelf, units in self.units.items()):
            return
        self.gone = True
        rows, names = self.history.rows, {"ORDER_ID": self.order, "SHIPMENT_ID": self.id}
        for number, (shelf, units) in enumerate(self.units.items(), start=1):
            shelf.stands -= units
            shelf.move(rows, at_, -units, **names)
            if self.kind == "TRANSFER_ORDER":
                shelf.retail_pro -= units
            elif send_sale and self.seller != self.store:
                sold = self.history.shelves[shelf.product, self.seller]
                sold.retail_pro -= units
                sold.short += units
            silent = self.history.happens("lines without a quantity", 0.1)
            rows.add(
                "SHIPMENT_ITEM", SHIPMENT_ID=self.id, SHIPMENT_ITEM_SEQ_ID=f"{number:05d}",
                PRODUCT_ID=self.history.spelled(shelf.product),
                QUANTITY=None if not silent and not self.kit and self.history.happens("items without", 0.1) else units,
            )  # fmt: skip
            for line in self.lines:
                rows.add(
                    "ORDER_SHIPMENT", ORDER_ID=self.history.spelled(self.order), ORDER_ITEM_SEQ_ID=f"{line:05d}",
                    SHIP_GROUP_SEQ_ID="00001", SHIPMENT_ID=self.id, SHIPMENT_ITEM_SEQ_ID=f"{number:05d}",
                    QUANTITY=None if silent else 1 if self.kit else units,
                )  # fmt: skip
        self.sent = send_sale and self.seller != self.store
        type_id = "SALES_SHIPMENT" if self.kind == "SALES_ORDER" else "OUT_TRANSFER"
        rows.add(
            "SHIPMENT", SHIPMENT_ID=self.id, SHIPMENT_TYPE_ID=type_id, STATUS_ID=self._state(),
            ORIGIN_FACILITY_ID=self._origin(),
        )  # fmt: skip
        for number in range(self.history.chance.choice((1, 1, 2))):  # sometimes told twice, seconds later
            rows.add(
                "SHIPMENT_STATUS", SHIPMENT_STATUS_ID=f"{self.id}-{number}", SHIPMENT_ID=self.id,
                STATUS_ID="SHIPMENT_SHIPPED", STATUS_DATE=at(at_ + 7 * number),
            )  # fmt: skip

    def _state(self) -> str:
        if self.history.happens("shipments delivered since", 0.4):
            return "SHIPMENT_DELIVERED"
        return "SHIPMENT_ON_ITS_WAY" if self.history.happens("states nobody knows", 0.05) else "SHIPMENT_SHIPPED"

    def _origin(self) -> str | None:
        """Where nothing says whence, the order's ship group does, which is planned for F1."""
        if self.store == "F1" and self.history.happens("shipments without an origin", 0.2):
            return None
        return self.history.spelled(self.store)

    def noted(self, at_: float, *, whole: bool = False, line: int | None = None) -> None:
        """Retail Pro books it: its number where the goods came from falls, and either kind of note says so."""
        if not self.gone:
            return
        share = 1 if line is None else len(self.lines)
        for shelf, units in self.units.items():
            shelf.retail_pro -= units // share
            if self.sent:
                sold = self.history.shelves[shelf.product, self.seller]
                sold.retail_pro += units
                sold.short -= units
        for number, system in enumerate(
            ("RETAIL_PRO", "SHOPIFY", *(("RETAIL_PRO",) * self.history.chance.randint(0, 1)))
        ):
            self.history.rows.add(
                "ORDER_FULFILLMENT_HISTORY", FULFILLMENT_LOG_ID=f"{self.id}-{line or 0}-{number}",
                EXTERNAL_CONFIG_ID=system, SHIPMENT_ID=None if whole else self.id, ORDER_ID=self.order,
                ORDER_ITEM_SEQ_ID=None if line is None else f"{line:05d}",
                CREATED_DATE=at(at_ + (0 if whole else 30 * number)),
            )  # fmt: skip
        self.history.responses.extend(
            {
                "order_id": self.order, "order_item_seq_id": f"{each:05d}", "shipment_id": self.id,
                "kind": self.history.chance.choice(("INVOICE", "SLIP_OUT")), "store_code": self.store.replace("F", "S"),
                "accepted_at": str(at(at_)), "document_no": "1", "file_name": "responses.csv",
            }
            for each in (self.lines if line is None else (line,))
        )  # fmt: skip
