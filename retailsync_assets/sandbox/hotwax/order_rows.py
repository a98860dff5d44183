"""The rows of HotWax's database that tell of the sample orders."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from retailsync_assets.sandbox.hotwax.rows import Rows, moment
from retailsync_assets.sandbox.sample.odd_products import product_id_of
from retailsync_assets.sandbox.sample.orders import Parcel, Story

_PATH: Final = {
    "SHIPMENT_INPUT": ("SHIPMENT_INPUT",),
    "SHIPMENT_PACKED": ("SHIPMENT_INPUT", "SHIPMENT_PACKED"),
    "SHIPMENT_SHIPPED": ("SHIPMENT_INPUT", "SHIPMENT_PACKED", "SHIPMENT_SHIPPED"),
    "SHIPMENT_CANCELLED": ("SHIPMENT_INPUT", "SHIPMENT_PACKED", "SHIPMENT_SHIPPED", "SHIPMENT_CANCELLED"),
}


def order_rows(stories: Mapping[str, Story], as_of: datetime) -> Rows:
    """The OMS rows of those orders, by ORDER_ID, as a snapshot at `as_of` finds them."""
    rows = Rows()
    for order_id, story in stories.items():
        _tell(rows, story, order_id, as_of)
    return rows


def _tell(rows: Rows, story: Story, order_id: str, as_of: datetime) -> None:
    placed = moment(as_of, story.placed)
    rows.add(
        "ORDER_HEADER", ORDER_ID=order_id, ORDER_TYPE_ID=story.type_id, ORDER_NAME=story.title,
        SALES_CHANNEL_ENUM_ID=story.channel, PRODUCT_STORE_ID=story.product_store, STATUS_ID=story.status,
        ORDER_DATE=placed, ENTRY_DATE=placed,
    )  # fmt: skip
    groups = _ship_groups(story)
    for (facility, method), group_id in groups.items():
        rows.add(
            "ORDER_ITEM_SHIP_GROUP", ORDER_ID=order_id, SHIP_GROUP_SEQ_ID=group_id, FACILITY_ID=facility,
            SHIPMENT_METHOD_TYPE_ID=method,
        )  # fmt: skip
    for number, line in enumerate(story.lines, start=1):
        rows.add(
            "ORDER_ITEM", ORDER_ID=order_id, ORDER_ITEM_SEQ_ID=f"{number:05d}",
            SHIP_GROUP_SEQ_ID=groups[line.facility, line.method], PRODUCT_ID=product_id_of(line.sku),
            QUANTITY=line.quantity, CANCEL_QUANTITY=line.quantity if line.status == "ITEM_CANCELLED" else None,
            STATUS_ID=line.status,
        )  # fmt: skip
    for status_number, (line_id, status, at) in enumerate(_statuses(story, as_of), start=1):
        rows.add(
            "ORDER_STATUS", ORDER_STATUS_ID=f"{order_id}-{status_number}", ORDER_ID=order_id,
            ORDER_ITEM_SEQ_ID=line_id, STATUS_ID=status, STATUS_DATETIME=at,
        )  # fmt: skip
    for number, parcel in enumerate(story.parcels, start=1):
        _ship(rows, story, parcel, f"{order_id}-S{number}", as_of)
    for number, note in enumerate(story.notes, start=1):
        rows.add(
            "ORDER_FULFILLMENT_HISTORY", FULFILLMENT_LOG_ID=f"{order_id}-{number}", EXTERNAL_CONFIG_ID=note.system,
            SHIPMENT_ID=None if note.parcel is None else f"{order_id}-S{note.parcel}", ORDER_ID=order_id,
            ORDER_ITEM_SEQ_ID=None if note.line is None else f"{note.line:05d}",
            EXTERNAL_FULFILLMENT_ID=f"{note.system[:2]}-{order_id}-{number}", CREATED_DATE=moment(as_of, note.hours),
            COMMENTS=None,
        )  # fmt: skip


def _ship_groups(story: Story) -> dict[tuple[str, str], str]:
    """SHIP_GROUP_SEQ_ID by facility and shipment method."""
    groups = dict.fromkeys((line.facility, line.method) for line in story.lines)
    return {group: f"{number:05d}" for number, group in enumerate(groups, start=1)}


def _statuses(story: Story, as_of: datetime) -> Iterator[tuple[str | None, str, datetime]]:
    """(order item or None for the order, status, when); an item told twice has its last status a second time."""
    placed = moment(as_of, story.placed)
    yield None, "ORDER_CREATED", placed
    if story.status != "ORDER_CREATED":
        yield None, "ORDER_APPROVED", placed + timedelta(minutes=1)
    settled = moment(as_of, min((parcel.hours for parcel in story.parcels), default=story.placed - 1))
    for number, line in enumerate(story.lines, start=1):
        line_id = f"{number:05d}"
        yield line_id, "ITEM_CREATED", placed
        if line.status != "ITEM_CREATED":
            yield line_id, "ITEM_APPROVED", placed + timedelta(minutes=1)
        if line.status not in {"ITEM_CREATED", "ITEM_APPROVED"}:
            yield line_id, line.status, settled
            if story.told_twice:
                yield line_id, line.status, settled + timedelta(seconds=7)
    if story.status in {"ORDER_COMPLETED", "ORDER_CANCELLED"}:
        yield None, story.status, settled


def _ship(rows: Rows, story: Story, parcel: Parcel, shipment_id: str, as_of: datetime) -> None:
    order_id, left = shipment_id.rsplit("-", 1)[0], moment(as_of, parcel.hours)
    rows.add(
        "SHIPMENT", SHIPMENT_ID=shipment_id, SHIPMENT_TYPE_ID=parcel.type_id, STATUS_ID=parcel.status,
        ORIGIN_FACILITY_ID=parcel.facility,
    )  # fmt: skip
    path = [(status, left + timedelta(minutes=30) * (at - 2)) for at, status in enumerate(_PATH[parcel.status])]
    if story.told_twice:
        path.append((parcel.status, left + timedelta(seconds=7)))
    for number, (status, at) in enumerate(path, start=1):
        rows.add(
            "SHIPMENT_STATUS", SHIPMENT_STATUS_ID=f"{shipment_id}-{number}", SHIPMENT_ID=shipment_id,
            STATUS_ID=status, STATUS_DATE=at,
        )  # fmt: skip
    for number, unit in enumerate(parcel.units, start=1):
        line, item_id = story.lines[unit.line - 1], f"{number:05d}"
        rows.add(
            "SHIPMENT_ITEM", SHIPMENT_ID=shipment_id, SHIPMENT_ITEM_SEQ_ID=item_id,
            PRODUCT_ID=product_id_of(unit.sku or line.sku), QUANTITY=unit.quantity,
        )  # fmt: skip
        rows.add(
            "ORDER_SHIPMENT", ORDER_ID=order_id, ORDER_ITEM_SEQ_ID=f"{unit.line:05d}",
            SHIP_GROUP_SEQ_ID=_ship_groups(story)[line.facility, line.method], SHIPMENT_ID=shipment_id,
            SHIPMENT_ITEM_SEQ_ID=item_id, QUANTITY=line.quantity if unit.sku else unit.quantity,
        )  # fmt: skip
