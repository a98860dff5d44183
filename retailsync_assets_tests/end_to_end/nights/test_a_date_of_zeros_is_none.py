"""A MySQL without NO_ZERO_DATE keeps `0000-00-00` where there is no date: nothing has ended, nothing is known."""

import pytest

from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.databases import NAMES, new_url
from retailsync_assets_tests.end_to_end.nights.world import World

ZEROS = "0000-00-00 00:00:00"


@pytest.fixture(params=NAMES)
def world(request: pytest.FixtureRequest, new_world: NewWorld) -> World:
    world = new_world(oms_url=new_url(request))
    world.raw()
    return world


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("PRODUCT", "SALES_DISCONTINUATION_DATE"),
        ("GOOD_IDENTIFICATION", "THRU_DATE"),
        ("PRODUCT_STORE_FACILITY", "THRU_DATE"),
        ("PRODUCT_STORE_FACILITY", "FROM_DATE"),
        ("FACILITY", "CLOSED_DATE"),
    ],
)
def test_what_has_no_end_goes_on(world: World, table: str, column: str) -> None:
    world.execute(f"UPDATE {table} SET {column} = :zeros", zeros=ZEROS)
    report = world.take()
    assert report.state == "waiting", report.lines
    assert world.delivered("reset") == {(store, sku): 10 for store in ("F1", "F2") for sku in "ABC"}


def test_what_left_nobody_knows_when_is_deducted(world: World) -> None:
    world.orders.ship_whole("F1", "-1 09:00")
    world.execute("UPDATE SHIPMENT_STATUS SET STATUS_DATE = :zeros", zeros=ZEROS)
    assert world.play().state == "complete"
    assert world.delivered("variance") == {("F1", "A"): -2}
    assert [row["shipped_at"] for row in world.lake("shipped_lines")] == [None]


@pytest.mark.parametrize("shipment", ["", "O100-S1"])
def test_a_note_of_no_date_acknowledges_nothing(world: World, shipment: str) -> None:
    world.orders.ship_whole("F1", "-1 09:00")
    world.orders.acknowledge("F1", "-1 12:00")
    note = "UPDATE ORDER_FULFILLMENT_HISTORY SET CREATED_DATE = :zeros, SHIPMENT_ID = :shipment"
    world.execute(note, zeros=ZEROS, shipment=shipment)
    assert world.play().state == "complete"
    assert world.delivered("variance") == {("F1", "A"): -2}
