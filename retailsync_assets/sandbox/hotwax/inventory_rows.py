"""HotWax's stock before the night: what yesterday's reset left, less everything it has shipped since, with history."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from retailsync_assets.sandbox.hotwax.rows import Rows, moment
from retailsync_assets.sandbox.sample.orders import Story
from retailsync_assets.sandbox.sample.stock_levels import on_hand_in_hotwax
from retailsync_assets.sandbox.sample.stores_and_products import FACILITY_IDS, ONLINE, product

LOCATION: Final = "TLTLTLLL01"
_FIRST_COUNT: Final = 45 * 24


@dataclass(frozen=True)
class Movement:
    """What one detail row says: `units` on hand, gained or lost, `hours` before the snapshot."""

    units: int
    hours: float
    reason: str | None
    order_id: str | None = None
    shipment_id: str | None = None


# Live calls of Retail Pro's tills; both sides counted them before the snapshot.
_TILLS: Final = {
    ("POLO-WHT-M", "BOSTON"): Movement(-1, 9, "POS_SALE"),
    ("POLO-WHT-L", "BOSTON"): Movement(1, 8, "RTN_ITM_RCPT"),
}


def shelf_rows(numbered: Mapping[str, Story], as_of: datetime) -> Rows:
    """INVENTORY_ITEM and its details for every online product at every store, after those orders (by ORDER_ID); a
    shelf's details add up to its on-hand."""
    told = tuple(numbered.values())
    owed: Counter[tuple[str, str]] = Counter()
    for story in told:
        owed.update(story.owed)
    movements: dict[tuple[str, str], list[Movement]] = {key: [movement] for key, movement in _TILLS.items()}
    for order_id, story in numbered.items():
        for key, movement in _shipments(story, order_id):
            movements.setdefault(key, []).append(movement)
    packed = Counter(key for story in told for key in _packed(story))
    rows = Rows()
    for item in ONLINE:
        for facility_id in FACILITY_IDS:
            key = (item.sku, facility_id)
            on_hand = max(0, on_hand_in_hotwax(*key, as_of.date()) - owed[key])
            _stand(rows, key, on_hand, packed[key], movements.get(key, []), as_of)
    return rows


def _shipments(story: Story, order_id: str) -> Iterable[tuple[tuple[str, str], Movement]]:
    for number, parcel in enumerate(story.parcels, start=1):
        for unit in parcel.units:
            line = story.lines[unit.line - 1]
            if story.type_id != "SALES_ORDER" or line.method == "POS_COMPLETED" or parcel.status == "SHIPMENT_PACKED":
                continue
            key, shipment_id = (unit.sku or line.sku, parcel.facility), f"{order_id}-S{number}"
            yield key, Movement(-unit.quantity, parcel.hours, None, order_id, shipment_id)
            if parcel.status == "SHIPMENT_CANCELLED":
                yield key, Movement(unit.quantity, parcel.hours - 0.5, None, order_id, shipment_id)


def _packed(story: Story) -> Iterable[tuple[str, str]]:
    for parcel in story.parcels:
        if parcel.status == "SHIPMENT_PACKED":
            for unit in parcel.units:
                yield from [(story.lines[unit.line - 1].sku, parcel.facility)] * unit.quantity


def _stand(
    rows: Rows, key: tuple[str, str], on_hand: int, reserved: int, movements: list[Movement], as_of: datetime
) -> None:
    sku, facility_id = key
    item_id = f"{product(sku).product_id}-{facility_id}"
    rows.add(
        "INVENTORY_ITEM", INVENTORY_ITEM_ID=item_id, PRODUCT_ID=product(sku).product_id, FACILITY_ID=facility_id,
        LOCATION_SEQ_ID=LOCATION, QUANTITY_ON_HAND_TOTAL=on_hand, AVAILABLE_TO_PROMISE_TOTAL=on_hand - reserved,
    )  # fmt: skip
    first = Movement(on_hand - sum(movement.units for movement in movements), _FIRST_COUNT, "VAR_EXT_RESET")
    for number, movement in enumerate((first, *sorted(movements, key=lambda each: -each.hours)), start=1):
        rows.add(
            "INVENTORY_ITEM_DETAIL", INVENTORY_ITEM_ID=item_id, INVENTORY_ITEM_DETAIL_SEQ_ID=f"{number:05d}",
            EFFECTIVE_DATE=moment(as_of, movement.hours), QUANTITY_ON_HAND_DIFF=movement.units,
            AVAILABLE_TO_PROMISE_DIFF=movement.units - (reserved if movement is first else 0),
            REASON_ENUM_ID=movement.reason, ORDER_ID=movement.order_id, SHIPMENT_ID=movement.shipment_id,
            RETURN_ID=None, PHYSICAL_INVENTORY_ID=None, DESCRIPTION=None,
        )  # fmt: skip
