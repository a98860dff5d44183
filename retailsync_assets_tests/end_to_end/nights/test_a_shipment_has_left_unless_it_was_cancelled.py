"""Shipped the day before, not acknowledged, and then its state went on; each at a store of its own."""

from dataclasses import dataclass

import pytest

from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.databases import NAMES, new_url
from retailsync_assets_tests.end_to_end.nights.world import World


@dataclass(frozen=True)
class State:
    """`days` ago it left; with `rows` SHIPMENT_STATUS tells of it."""

    now: str | None
    taken_off: int
    days: int = 1
    rows: bool = True
    named: bool = False

    def __str__(self) -> str:
        return f"{self.now}, {self.days} days ago{'' if self.rows else ', without a status row'}"


STATES = [
    State("SHIPMENT_SHIPPED", -2),
    State("SHIPMENT_DELIVERED", -2),
    State("SHIPMENT_DELIVERED", -2, days=40),
    State("SHIPMENT_DELIVERED", -2, days=400),
    State("SHIPMENT_PACKED", -2),
    State("SHIPMENT_IN_TRANSIT", -2, named=True),
    State(None, -2, named=True),
    State("SHIPMENT_CANCELLED", 0),
    State("SHIPMENT_SHIPPED", -2, rows=False),
    State("SHIPMENT_DELIVERED", -2, rows=False),
    State("SHIPMENT_PACKED", 0, rows=False),
    State("SHIPMENT_IN_TRANSIT", 0, rows=False),
]
CASES = {f"F{number}": state for number, state in enumerate(STATES, start=1)}


@pytest.fixture(scope="module", params=NAMES)
def world(request: pytest.FixtureRequest, new_world: NewWorld) -> World:
    world = new_world(oms_url=new_url(request), stores={store: store.replace("F", "S") for store in CASES}, skus=("A",))
    for store, state in CASES.items():
        world.orders.ship_whole(store, f"-{state.days} 09:00")
        order = world.orders.order_of[store]
        world.execute("UPDATE SHIPMENT SET STATUS_ID = :now WHERE SHIPMENT_ID = :id", now=state.now, id=f"{order}-S1")
        if not state.rows:
            world.execute("DELETE FROM SHIPMENT_STATUS WHERE SHIPMENT_ID = :id", id=f"{order}-S1")
    world.raw()
    report = world.play()
    assert report.state == "complete", report.lines
    return world


@pytest.mark.parametrize("store", CASES, ids=lambda store: str(CASES[store]))
def test_what_left_is_taken_off(world: World, store: str) -> None:
    assert world.delivered("variance").get((store, "A"), 0) == CASES[store].taken_off


@pytest.mark.parametrize("store", CASES, ids=lambda store: str(CASES[store]))
def test_an_unknown_state_is_named(world: World, store: str) -> None:
    found = {row["facility_id"]: row for row in world.lake("odd_shipments")}
    assert (store in found) == CASES[store].named
    if CASES[store].named:
        assert found[store]["reason"] == f"unknown shipment state {CASES[store].now or '(none)'}"
        assert found[store]["counted"]


def test_what_is_stuck_says_so_in_any_state(world: World) -> None:
    stuck = {row["facility_id"] for row in world.lake("unacknowledged_shipments")}
    assert stuck >= {store for store, state in CASES.items() if state.days > 2}
