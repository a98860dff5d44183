"""HotWax's stock while one import file is applied to it, and the rules by which a row moves it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, func, or_, select

from retailsync_assets.sandbox.hotwax.import_file import QUANTITY, RESET, VARIANCE, BadRow, quantity
from retailsync_assets.sandbox.hotwax.inventory_rows import LOCATION
from retailsync_assets.sandbox.hotwax.oms import Tables
from retailsync_assets.sandbox.hotwax.rows import Row, stored

Key = tuple[str, str, str]
_DETAIL: Final = "INVENTORY_ITEM_DETAIL"


@dataclass
class Shelf:
    """One INVENTORY_ITEM: units on hand and to promise, and how many detail rows it has."""

    item_id: str
    on_hand: float
    to_promise: float
    details: int = 0


def reset_difference(shelf: Shelf, target: float, *, by_atp: bool) -> float:
    """By QOH the file says what is on hand, by ATP what may be promised; either way both move by the same number."""
    return target - (shelf.to_promise if by_atp else shelf.on_hand)


def variance_difference(shelf: Shelf, delta: float) -> float:
    """A variance can bring the stock down to zero and no further."""
    return max(delta, -max(shelf.on_hand, 0))


class StockUpdater:
    """Reads what the file's rows need, moves the shelves in memory, and writes what changed in one go."""

    def __init__(self, connection: Connection, tables: Tables, now: datetime) -> None:
        self._connection = connection
        self._tables = tables
        self._shelves = self._all_shelves()
        self._products = self._identified(now)
        facility = tables["FACILITY"].c
        known = connection.execute(select(facility.FACILITY_ID, facility.EXTERNAL_ID)).all()
        self._facilities = {facility_id for facility_id, _ in known}
        self._by_external_id = {external: facility_id for facility_id, external in known if external}
        self._new: list[Shelf] = []
        self._moved: dict[str, Shelf] = {}
        self._rows: list[Row] = []
        self._items: list[Row] = []

    def apply(self, config_id: str, values: Mapping[str, str], at: datetime) -> None:
        """Applies one row, at that moment. Raises BadRow, and then nothing of the row is applied."""
        number = quantity(values, QUANTITY[config_id])
        facility_id = self._facility(values)
        product_id = self._product(values)
        shelf = self._shelf((product_id, facility_id, values.get("locationSeqId") or LOCATION))
        if config_id == RESET:
            difference = reset_difference(shelf, number, by_atp=values.get("resetByAtp", "").lower() == "true")
            self._move(shelf, difference, "VAR_EXT_RESET", values, at)
        elif config_id == VARIANCE:
            reason = values.get("varianceReasonId") or "VAR_INTEGR"
            self._move(shelf, variance_difference(shelf, number), reason, values, at)

    def save(self) -> None:
        """Writes new shelves, changed totals and detail rows."""
        item, detail = self._tables["INVENTORY_ITEM"], self._tables[_DETAIL]
        if self._items:
            self._connection.execute(item.insert(), self._items)
        if self._moved:
            change = item.update().where(bindparam("item_id") == item.c.INVENTORY_ITEM_ID)
            totals = [
                {
                    "item_id": shelf.item_id,
                    "QUANTITY_ON_HAND_TOTAL": shelf.on_hand,
                    "AVAILABLE_TO_PROMISE_TOTAL": shelf.to_promise,
                }
                for shelf in self._moved.values()
            ]
            self._connection.execute(change, totals)
            self._connection.execute(detail.insert(), self._rows)

    def _move(self, shelf: Shelf, difference: float, reason: str, values: Mapping[str, str], at: datetime) -> None:
        if difference == 0:
            return
        shelf.on_hand += difference
        shelf.to_promise += difference
        shelf.details += 1
        self._moved[shelf.item_id] = shelf
        self._rows.append(
            {
                "INVENTORY_ITEM_ID": shelf.item_id,
                "INVENTORY_ITEM_DETAIL_SEQ_ID": f"{shelf.details:05d}",
                "EFFECTIVE_DATE": stored(at),
                "QUANTITY_ON_HAND_DIFF": difference,
                "AVAILABLE_TO_PROMISE_DIFF": difference,
                "REASON_ENUM_ID": reason,
                "DESCRIPTION": values.get("comments") or None,
            }
        )

    def _facility(self, values: Mapping[str, str]) -> str:
        facility_id, external_id = values.get("facilityId", ""), values.get("externalFacilityId", "")
        if facility_id:
            if facility_id in self._facilities:
                return facility_id
        elif external_id in self._by_external_id:
            return self._by_external_id[external_id]
        raise BadRow(f"unknown facility: {facility_id or external_id!r}")

    def _product(self, values: Mapping[str, str]) -> str:
        found = self._products[values["idType"], values["idValue"]]
        if len(found) != 1:
            raise BadRow(f"{values['idType']} {values['idValue']!r} matches {len(found)} products")
        return next(iter(found))

    def _shelf(self, key: Key) -> Shelf:
        if key not in self._shelves:
            product_id, facility_id, location = key
            shelf = self._shelves[key] = Shelf(f"{product_id}-{facility_id}-{location}"[:40], 0, 0)
            self._items.append(
                {
                    "INVENTORY_ITEM_ID": shelf.item_id,
                    "PRODUCT_ID": product_id,
                    "FACILITY_ID": facility_id,
                    "LOCATION_SEQ_ID": location,
                    "QUANTITY_ON_HAND_TOTAL": 0,
                    "AVAILABLE_TO_PROMISE_TOTAL": 0,
                }
            )
        return self._shelves[key]

    def _identified(self, now: datetime) -> defaultdict[tuple[str, str], set[str]]:
        code = self._tables["GOOD_IDENTIFICATION"].c
        in_force = (stored(now) >= code.FROM_DATE, or_(code.THRU_DATE.is_(None), stored(now) < code.THRU_DATE))
        columns = (code.GOOD_IDENTIFICATION_TYPE_ID, code.ID_VALUE, code.PRODUCT_ID)
        found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for type_id, value, product_id in self._connection.execute(select(*columns).where(*in_force)):
            found[type_id, value].add(product_id)
        return found

    def _all_shelves(self) -> dict[Key, Shelf]:
        item, detail = self._tables["INVENTORY_ITEM"], self._tables[_DETAIL].c
        last = select(detail.INVENTORY_ITEM_ID, func.max(detail.INVENTORY_ITEM_DETAIL_SEQ_ID))
        per_item = last.group_by(detail.INVENTORY_ITEM_ID)
        counted = {item_id: int(highest) for item_id, highest in self._connection.execute(per_item)}
        query = select(item).order_by(item.c.INVENTORY_ITEM_ID.desc())
        return {
            (row.PRODUCT_ID, row.FACILITY_ID, row.LOCATION_SEQ_ID): Shelf(
                row.INVENTORY_ITEM_ID,
                row.QUANTITY_ON_HAND_TOTAL or 0,
                row.AVAILABLE_TO_PROMISE_TOTAL or 0,
                counted.get(row.INVENTORY_ITEM_ID, 0),
            )
            for row in self._connection.execute(query)
        }
