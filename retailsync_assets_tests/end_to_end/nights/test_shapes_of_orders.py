"""Each shape that an order takes, at a store of its own, in one night; Retail Pro counts ten of everything at 07:00."""

from dataclasses import dataclass

import pytest

from retailsync_assets.sandbox.sample.orders import Line, Note, Parcel, Story, Unit
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.world import World

BEFORE = 22.0
"""Hours before 07:00 at which things are shipped, unless they say otherwise."""


@dataclass(frozen=True)
class Shape:
    """`{}` stands for the store; `elsewhere` for another one."""

    name: str
    lines: tuple[Line, ...]
    parcels: tuple[Parcel, ...]
    taken_off: dict[str, int]
    notes: tuple[Note, ...] = ()
    type_id: str = "SALES_ORDER"
    product_store: str = "STORE"
    told_twice: bool = False
    moved: int = 0


def of(quantity: int, line: int = 1, hours: float = BEFORE, **more: str) -> Parcel:
    return Parcel("{}", (Unit(line, quantity),), hours, **more)


SHAPES = [
    Shape("one line in two shipments, one of them noted", (Line("A", 3),), (of(2), of(1)), {"A": -1},
          (Note(20, parcel=1),)),
    Shape("two lines of one product", (Line("A", 2), Line("A")), (of(2), of(1, 2)), {"A": -3}),
    Shape("two lines of one product, one of them noted", (Line("A", 2), Line("A")), (of(2), of(1, 2)), {"A": -1},
          (Note(20, line=1),)),
    Shape("a kit, by its components", (Line("KIT"),),
          (Parcel("{}", (Unit(1, 2, "SOCK-WHT"), Unit(1, 1, "LACE-BLK")), BEFORE),), {"SOCK-WHT": -2, "LACE-BLK": -1}),
    Shape("handed over at a till", (Line("A", 1, method="POS_COMPLETED"),), (of(1),), {}),
    Shape("a transfer", (Line("A", 2),), (of(2, type_id="OUT_TRANSFER"),), {}, type_id="TRANSFER_ORDER"),
    Shape("a sale shipped as a transfer", (Line("A", 2),), (of(2, type_id="OUT_TRANSFER"),), {}),
    Shape("its last line cancelled", (Line("A", 2), Line("B", 1, "ITEM_CANCELLED")), (of(2),), {"A": -2}),
    Shape("returned: the line is owed all the same", (Line("A", 2),), (of(2),), {"A": -2}, moved=2),
    Shape("sent once more after it was noted", (Line("A", 2),), (of(2), of(2, hours=3)), {"A": -2},
          (Note(20, parcel=1),)),
    Shape("every status told twice", (Line("A", 2),), (of(2),), {"A": -2}, told_twice=True),
    Shape("noted twice, the earlier in time", (Line("A", 2),), (of(2),), {}, (Note(20), Note(-0.5))),
    Shape("noted for Shopify only", (Line("A", 2),), (of(2),), {"A": -2}, (Note(20, system="SHOPIFY"),)),
    Shape("another product store's, from this shelf", (Line("A", 2),), (of(2),), {"A": -2}, product_store="OUTLET"),
    Shape("planned elsewhere, shipped here", (Line("A", 2, facility="F0"),), (of(2),), {"A": -2}),
    Shape("sold at a till elsewhere, sent from here, its slip to come", (Line("A", 2, facility="F0"),), (of(2),),
          {"A": -2}, (Note(-0.1, parcel=1),)),
    Shape("cancelled after it was packed", (Line("A", 1, "ITEM_APPROVED"),), (of(1, status="SHIPMENT_CANCELLED"),), {}),
]  # fmt: skip
STORES = {f"F{number}": f"S{number}" for number in range(len(SHAPES) + 1)}


@pytest.fixture(scope="module")
def world(new_world: NewWorld) -> World:
    world = new_world(stores=STORES, skus=("A", "B", "SOCK-WHT", "LACE-BLK"))
    for number, shape in enumerate(SHAPES, start=1):
        store = f"F{number}"
        parcels = tuple(Parcel(store, each.units, each.hours, each.status, each.type_id) for each in shape.parcels)
        story = Story(
            shape.name, shape.lines, parcels, shape.notes, type_id=shape.type_id, product_store=shape.product_store,
            told_twice=shape.told_twice,
        )  # fmt: skip
        world.orders.book(store, "07:00", story)
        if shape.moved:
            world.orders.take_back(store, "06:00", shape.moved)
    world.raw({("F0", "B"): 11})
    report = world.play()
    assert report.state == "complete", report.lines
    return world


@pytest.mark.parametrize(("number", "shape"), list(enumerate(SHAPES, start=1)), ids=[shape.name for shape in SHAPES])
def test_what_retail_pro_does_not_know_of_is_taken_off(world: World, number: int, shape: Shape) -> None:
    sent = {sku: units for (store, sku), units in world.delivered("variance").items() if store == f"F{number}"}
    assert sent == shape.taken_off


def test_lines_that_left_another_store_than_planned_are_counted(world: World) -> None:
    elsewhere = [row["facility_id"] for row in world.lake("shipped_lines") if row["elsewhere"]]
    planned = [f"F{number}" for number, shape in enumerate(SHAPES, start=1) if shape.lines[0].facility == "F0"]
    assert sorted(elsewhere) == sorted(planned)
