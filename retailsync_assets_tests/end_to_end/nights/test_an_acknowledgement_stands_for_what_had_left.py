"""Notes of the fulfilment history and rows of response files, by what they name and when; one a store."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from retailsync_assets.sandbox.hotwax.rows import Rows, stored
from retailsync_assets.sandbox.sample.orders import Line, Parcel, Story, Unit
from retailsync_assets.variance.response_files import COLUMNS
from retailsync_assets_tests.end_to_end.nights.clock import moment
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.databases import NAMES, new_url
from retailsync_assets_tests.end_to_end.nights.world import World

HOUR = timedelta(hours=1)
EARLY, LATE = 40.0, 10.0
"""Hours before 07:00 at which the first shipment and the second one leave; a note in between is of 20 hours before."""


@dataclass(frozen=True)
class Note:
    """What it names, and how many hours before 07:00 it was made."""

    hours: float = 20
    order: bool = True
    line: str | None = None
    shipment: int | None = None


@dataclass(frozen=True)
class Case:
    """Two units leave early, one leaves late: of the same line, or of a second one."""

    name: str
    notes: tuple[Note, ...]
    taken_off: int
    one_line: bool = False
    by_file: bool = True

    def __str__(self) -> str:
        return self.name


CASES = [
    Case("the order, edited afterwards", (Note(),), -1, by_file=False),
    Case("the order, after both", (Note(5),), 0, by_file=False),
    Case("the order, before either", (Note(50),), -3, by_file=False),
    Case("the order, once more after both", (Note(), Note(5)), 0, by_file=False),
    Case("the order, in between, and the second shipment", (Note(), Note(5, shipment=2)), 0, by_file=False),
    Case("the first line", (Note(line="00001"),), -1),
    Case("the second line, before it left", (Note(line="00002"),), -3),
    Case("the line, after the first of its two shipments", (Note(line="00001"),), -1, one_line=True),
    Case("the line, after both", (Note(5, line="00001"),), 0, one_line=True),
    Case("the line in its second shipment", (Note(5, line="00001", shipment=2),), -2, one_line=True),
    Case("a shipment, before it left", (Note(shipment=2, line="00001"),), -2, one_line=True),
    Case("a shipment, all its lines", (Note(5, shipment=1),), -1, by_file=False),
    Case("a shipment and no order", (Note(5, order=False, shipment=2),), -2, by_file=False),
    Case("a shipment, a line, and no order", (Note(5, order=False, shipment=2, line="00002"),), -2, by_file=False),
    Case("a line that it does not have", (Note(5, line="00007"),), -3),
    Case("a line by its bare number", (Note(5, line="1"),), -1),
    Case("after the snapshot", (Note(-0.5, line="00001"), Note(-0.5, line="00002")), -3),
]
BY_HISTORY = {f"F{number}": case for number, case in enumerate(CASES, 1) if "bare number" not in case.name}
BY_FILE = {f"F{number}": case for number, case in enumerate(CASES, 1) if case.by_file}


def told(world: World) -> None:
    for number, case in enumerate(CASES, start=1):
        store = f"F{number}"
        second = 1 if case.one_line else 2
        parcels = (Parcel(store, (Unit(1, 2),), EARLY), Parcel(store, (Unit(second, 1),), LATE))
        lines = (Line("A", 3),) if case.one_line else (Line("A", 2), Line("A", 1))
        world.orders.book(store, "07:00", Story(case.name, lines, parcels))


@pytest.fixture(scope="module", params=NAMES)
def history(request: pytest.FixtureRequest, new_world: NewWorld) -> World:
    stores = {f"F{number}": f"S{number}" for number in range(len(CASES) + 1)}
    world = new_world(oms_url=new_url(request), stores=stores, skus=("A",))
    told(world)
    rows = Rows()
    for store, case in BY_HISTORY.items():
        order = world.orders.order_of[store]
        for number, note in enumerate(case.notes):
            rows.add(
                "ORDER_FULFILLMENT_HISTORY", FULFILLMENT_LOG_ID=f"{store}-{number}", EXTERNAL_CONFIG_ID="RETAIL_PRO",
                ORDER_ID=order if note.order else None, ORDER_ITEM_SEQ_ID=note.line,
                SHIPMENT_ID=f"{order}-S{note.shipment}" if note.shipment else "",
                CREATED_DATE=stored(moment("07:00") - note.hours * HOUR),
            )  # fmt: skip
    world.add(rows)
    world.raw({("F0", "A"): 11})
    assert world.play().state == "complete"
    return world


@pytest.fixture(scope="module")
def files(new_world: NewWorld) -> World:
    stores = {f"F{number}": f"S{number}" for number in range(len(CASES) + 1)}
    world = new_world(stores=stores, skus=("A",), retail_pro={"acknowledgements": {"source": "responses"}})
    told(world)
    lines = [",".join((*COLUMNS, "shipment_id"))]
    for store, case in BY_FILE.items():
        order = world.orders.order_of[store]
        for note in case.notes:
            shipment = f"{order}-S{note.shipment}" if note.shipment else ""
            accepted = (moment("07:00") - note.hours * HOUR).isoformat()
            lines.append(f"{order},{note.line},INVOICE,{world.stores[store]},{accepted},7,{shipment}")
    (world.responses / "night.csv").write_text("\n".join(lines) + "\n")
    world.raw({("F0", "A"): 11})
    assert world.play().state == "complete"
    return world


@pytest.mark.parametrize("store", BY_HISTORY, ids=lambda store: str(BY_HISTORY[store]))
def test_of_the_history(history: World, store: str) -> None:
    assert history.delivered("variance").get((store, "A"), 0) == BY_HISTORY[store].taken_off


@pytest.mark.parametrize("store", BY_FILE, ids=lambda store: str(BY_FILE[store]))
def test_of_response_files(files: World, store: str) -> None:
    assert files.delivered("variance").get((store, "A"), 0) == BY_FILE[store].taken_off
