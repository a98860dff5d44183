"""HotWax's order desk: what is sold, leaves a store or comes back, each at its moment; the stock moves with it."""

from datetime import datetime
from itertools import count

from sqlalchemy import Engine

from retailsync_assets.sandbox.hotwax.oms import Tables, insert
from retailsync_assets.sandbox.hotwax.order_rows import order_rows
from retailsync_assets.sandbox.hotwax.rows import Rows, stored
from retailsync_assets.sandbox.sample.orders import Line, Parcel, Story, Unit
from retailsync_assets_tests.end_to_end.nights.clock import moment

STILL_OPEN = Line("B", 1, "ITEM_APPROVED")
PARTIAL = "ORDER_APPROVED"


def _parcel(facility: str, units: int, **more: str) -> tuple[Parcel]:
    return (Parcel(facility, (Unit(1, units),), 0, **more),)


class OrderDesk:
    """Every method takes the store and the moment (as `moment` reads it). A store has one order at a time."""

    def __init__(self, engine: Engine, tables: Tables) -> None:
        self.engine, self.tables = engine, tables
        self.numbers = count(100, 100)  # a reset in between counts on by one
        self.order_of: dict[str, str] = {}

    def ship(self, facility: str, at: str, sku: str = "A", units: int = 2) -> None:
        """Ships a line of an order that has another line, still open."""
        self.book(facility, at, Story("", (Line(sku, units), STILL_OPEN), _parcel(facility, units), status=PARTIAL))

    def ship_whole(self, facility: str, at: str, sku: str = "A", units: int = 2) -> None:
        """Ships the one line of an order, which is completed by it."""
        self.book(facility, at, Story("", (Line(sku, units),), _parcel(facility, units)))

    def ship_kit(self, facility: str, at: str) -> None:
        """Ships a kit, which leaves as two pairs of socks and one of laces; another line is still open."""
        parts = (Unit(1, 2, "SOCK-WHT"), Unit(1, 1, "LACE-BLK"))
        story = Story("", (Line("KIT"), STILL_OPEN), (Parcel(facility, parts, 0),), status=PARTIAL)
        self.book(facility, at, story)

    def pack(self, facility: str, at: str) -> None:
        """Packs two units of A, which stay until they are fetched."""
        packed = _parcel(facility, 2, status="SHIPMENT_PACKED")
        self.book(facility, at, Story("", (Line("A", 2, "ITEM_APPROVED"),), packed, status=PARTIAL))

    def transfer(self, facility: str, at: str) -> None:
        """Sends two units of A to another store; Retail Pro owns transfers and has booked it already."""
        sent = _parcel(facility, 2, type_id="OUT_TRANSFER")
        self.book(facility, at, Story("", (Line("A", 2),), sent, type_id="TRANSFER_ORDER"))

    def book(self, facility: str, at: str, story: Story) -> None:
        """Any order; its parcels leave at the moment itself (`hours` 0), and so do their units."""
        order = self.order_of[facility] = f"O{next(self.numbers)}"
        self._insert(order_rows({order: story}, moment(at)))
        for number, parcel in enumerate(story.parcels, start=1):
            names = {"ORDER_ID": order, "SHIPMENT_ID": f"{order}-S{number}"}
            for unit in parcel.units if parcel.status == "SHIPMENT_SHIPPED" else ():
                sku = unit.sku or story.lines[unit.line - 1].sku
                self.move(parcel.facility, sku, -unit.quantity, moment(at), **names)

    def complete(self, facility: str, at: str) -> None:
        """The other line is shipped too, from a place that is no store of the site's."""
        self._end(facility, "ITEM_COMPLETED")

    def cancel_the_rest(self, facility: str, at: str) -> None:
        """The other line is cancelled, which completes the order."""
        self._end(facility, "ITEM_CANCELLED")

    def acknowledge(self, facility: str, at: str, system: str = "RETAIL_PRO") -> None:
        """The whole order is noted as taken note of."""
        self._add(
            "ORDER_FULFILLMENT_HISTORY", FULFILLMENT_LOG_ID=f"N{next(self.numbers)}", EXTERNAL_CONFIG_ID=system,
            ORDER_ID=self.order_of[facility], CREATED_DATE=stored(moment(at)),
        )  # fmt: skip

    def take_back(self, facility: str, at: str, units: int = 2) -> None:
        """A customer returns units of A to this store, wherever they came from."""
        self.move(facility, "A", units, moment(at), "RTN_ITM_RCPT")

    def move(self, facility: str, sku: str, units: int, at: datetime, reason: str | None = None, **names: str) -> None:
        """Moves the stock of one shelf, with a row that says so, and the order and shipment it was for."""
        item, name = self.tables["INVENTORY_ITEM"], f"{sku}-{facility}"
        both = {column: item.c[column] + units for column in ("QUANTITY_ON_HAND_TOTAL", "AVAILABLE_TO_PROMISE_TOTAL")}
        with self.engine.begin() as connection:
            moved = connection.execute(item.update().filter_by(INVENTORY_ITEM_ID=name).values(both))
            assert moved.rowcount == 1, name
        self._add(
            "INVENTORY_ITEM_DETAIL", INVENTORY_ITEM_ID=name, INVENTORY_ITEM_DETAIL_SEQ_ID=f"{next(self.numbers):05d}",
            EFFECTIVE_DATE=stored(at), QUANTITY_ON_HAND_DIFF=units, REASON_ENUM_ID=reason, **names,
        )  # fmt: skip

    def _end(self, facility: str, how: str) -> None:
        item, header = self.tables["ORDER_ITEM"], self.tables["ORDER_HEADER"]
        order = self.order_of[facility]
        with self.engine.begin() as connection:
            connection.execute(item.update().filter_by(ORDER_ID=order, ORDER_ITEM_SEQ_ID="00002").values(STATUS_ID=how))
            connection.execute(header.update().filter_by(ORDER_ID=order).values(STATUS_ID="ORDER_COMPLETED"))

    def _add(self, table: str, **columns: object) -> None:
        rows = Rows()
        rows.add(table, **columns)
        self._insert(rows)

    def _insert(self, rows: Rows) -> None:
        with self.engine.begin() as connection:
            insert(connection, self.tables, rows)
