"""What HotWax's rows may say of one shipment item and the lines it serves; each at a store of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from retailsync_assets.sandbox.hotwax.rows import Rows, stored
from retailsync_assets.sandbox.sample.odd_products import product_id_of
from retailsync_assets_tests.end_to_end.nights.clock import moment
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.databases import NAMES, new_url
from retailsync_assets_tests.end_to_end.nights.world import World

Units = float | None


@dataclass(frozen=True)
class Shape:
    """A shipment item with `quantity` units, and the lines it serves: what was ordered, and the units of each."""

    name: str
    quantity: Units
    lines: Sequence[tuple[str, Units]]
    taken_off: int
    noted: Sequence[int] = ()
    product: str | None = "A"
    origin: str | None = "{}"
    planned: str = "F0"
    not_counted: str | None = None
    apart: bool = False

    def __str__(self) -> str:
        return self.name


SHAPES = [
    Shape("one line, by the line", 3, [("A", 2)], -2),
    Shape("one line that does not say how many", 3, [("A", None)], -3),
    Shape("one line, the item does not say how many", None, [("A", 2)], -2),
    Shape("a kit's component, by the item", 4, [("KIT", 1)], -4),
    Shape("a kit's component, the line does not say", 4, [("KIT", None)], -4),
    Shape("two kits' component in one item", 4, [("KIT", 2), ("KIT", 2)], -4),
    Shape("the same, one of them noted", 4, [("KIT", 2), ("KIT", 2)], -2, noted=[1]),
    Shape("shared three to one, the large one noted", 4, [("KIT", 3), ("KIT", 1)], -1, noted=[1]),
    Shape("an odd unit is owed rather than not", 3, [("KIT", 1), ("KIT", 1)], -2, noted=[1]),
    Shape("and never twice", 3, [("KIT", 1), ("KIT", 1)], -3),
    Shape("three share two, one of them noted", 2, [("KIT", 1)] * 3, -2, noted=[2]),
    Shape("three share two, two of them noted", 2, [("KIT", 1)] * 3, -1, noted=[1, 3]),
    Shape("nobody says how many", 4, [("KIT", None), ("KIT", None)], -4),
    Shape("nobody says how many, one noted", 4, [("KIT", None), ("KIT", None)], -2, noted=[2]),
    Shape("nothing but zeros, one noted", 4, [("KIT", 0), ("KIT", 0)], -2, noted=[2]),
    Shape("a kit beside the product itself", 3, [("KIT", 1), ("A", 2)], -3),
    Shape("two lines of the product itself", 2, [("A", 2), ("A", 2)], -2),
    Shape("two lines, the item does not say", None, [("A", 2), ("A", 1)], -3),
    Shape("two orders in one item", 4, [("KIT", 2), ("KIT", 2)], -4, apart=True),
    Shape("two orders in one item, one of them noted", 4, [("KIT", 2), ("KIT", 2)], -2, noted=[1], apart=True),
    Shape("nobody says how many of a kit", None, [("KIT", 1)], 0, not_counted="no quantity"),
    Shape("nobody says what", 2, [("A", 2)], 0, product=None, not_counted="no product"),
    Shape("nothing says whence: the ship group's", 2, [("A", 2)], -2, origin=None, planned="{}"),
    Shape("an empty word whence: the ship group's", 2, [("A", 2)], -2, origin="", planned="{}"),
    Shape("nobody says whence", 2, [("A", 2)], 0, origin=None, planned="_NA_", not_counted="no facility"),
    Shape("no unit at all", 0, [("A", 0)], 0),
]
CASES = {f"F{number}": shape for number, shape in enumerate(SHAPES, start=1)}


def told(store: str, shape: Shape) -> Rows:
    """HotWax's rows, as of the day before."""
    rows, left = Rows(), stored(moment("-1 09:00"))
    shipment, item, group = f"{store}-S1", "00001", "00001"

    def place(named: str | None) -> str | None:
        return named.format(store) if named else named

    rows.add(
        "SHIPMENT", SHIPMENT_ID=shipment, SHIPMENT_TYPE_ID="SALES_SHIPMENT", STATUS_ID="SHIPMENT_SHIPPED",
        ORIGIN_FACILITY_ID=place(shape.origin),
    )  # fmt: skip
    rows.add(
        "SHIPMENT_STATUS", SHIPMENT_STATUS_ID=shipment, SHIPMENT_ID=shipment, STATUS_ID="SHIPMENT_SHIPPED",
        STATUS_DATE=left,
    )  # fmt: skip
    rows.add(
        "SHIPMENT_ITEM", SHIPMENT_ID=shipment, SHIPMENT_ITEM_SEQ_ID=item,
        PRODUCT_ID=shape.product and product_id_of(shape.product), QUANTITY=shape.quantity,
    )  # fmt: skip
    for number, (ordered, quantity) in enumerate(shape.lines, start=1):
        order, line = f"{store}-{number if shape.apart else 1}", f"{number:05d}"
        if shape.apart or number == 1:
            rows.add("ORDER_HEADER", ORDER_ID=order, ORDER_TYPE_ID="SALES_ORDER", STATUS_ID="ORDER_COMPLETED")
            rows.add("ORDER_ITEM_SHIP_GROUP", ORDER_ID=order, SHIP_GROUP_SEQ_ID=group, FACILITY_ID=place(shape.planned))
        rows.add(
            "ORDER_ITEM", ORDER_ID=order, ORDER_ITEM_SEQ_ID=line, SHIP_GROUP_SEQ_ID=group,
            PRODUCT_ID=product_id_of(ordered), QUANTITY=None, STATUS_ID="ITEM_COMPLETED",
        )  # fmt: skip
        rows.add(
            "ORDER_SHIPMENT", ORDER_ID=order, ORDER_ITEM_SEQ_ID=line, SHIP_GROUP_SEQ_ID=group, SHIPMENT_ID=shipment,
            SHIPMENT_ITEM_SEQ_ID=item, QUANTITY=quantity,
        )  # fmt: skip
        if number in shape.noted:
            rows.add(
                "ORDER_FULFILLMENT_HISTORY", FULFILLMENT_LOG_ID=f"{order}-{line}", EXTERNAL_CONFIG_ID="RETAIL_PRO",
                ORDER_ID=order, ORDER_ITEM_SEQ_ID=line, CREATED_DATE=stored(moment("-1 18:00")),
            )  # fmt: skip
    return rows


@pytest.fixture(scope="module", params=NAMES)
def world(request: pytest.FixtureRequest, new_world: NewWorld) -> World:
    stores = {store: store.replace("F", "S") for store in ("F0", *CASES)}
    world = new_world(oms_url=new_url(request), stores=stores, skus=("A",))
    for store, shape in CASES.items():
        world.add(told(store, shape))
    world.raw({("F0", "A"): 11})
    report = world.play()
    assert report.state == "complete", report.lines
    return world


@pytest.mark.parametrize("store", CASES, ids=lambda store: str(CASES[store]))
def test_so_many_are_taken_off(world: World, store: str) -> None:
    assert world.delivered("variance").get((store, "A"), 0) == CASES[store].taken_off


@pytest.mark.parametrize("store", CASES, ids=lambda store: str(CASES[store]))
def test_what_can_not_be_counted_is_named(world: World, store: str) -> None:
    found = [row["reason"] for row in world.lake("odd_shipments") if row["shipment_id"] == f"{store}-S1"]
    assert found == ([reason] if (reason := CASES[store].not_counted) else [])
    assert not any(row["counted"] for row in world.lake("odd_shipments"))
