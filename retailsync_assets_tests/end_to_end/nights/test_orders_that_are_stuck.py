"""Shipped, and not noted by Retail Pro for too long: every line of it is named, whatever its age, oldest first."""

from typing import Any

import pytest

from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.world import World


@pytest.fixture(scope="module")
def world(new_world: NewWorld) -> World:
    """The night of 07:45; Retail Pro may take 48 hours."""
    world = new_world(stores={f"F{number}": f"S{number}" for number in range(1, 8)})
    world.orders.ship("F1", "-3 09:00")
    world.orders.ship_whole("F2", "-40 09:00", units=1)
    world.orders.ship_whole("F3", "-400 09:00")
    world.orders.ship_whole("F4", "-5 09:00")
    world.orders.acknowledge("F4", "-1 09:00")
    world.orders.ship_whole("F5", "-1 09:00")
    world.orders.ship_whole("F6", "-5 09:00")
    world.orders.acknowledge("F6", "-1 09:00", "SHOPIFY")
    world.orders.pack("F7", "-5 09:00")
    world.raw()
    world.take()
    return world


def stuck(world: World) -> list[dict[str, Any]]:
    return world.lake("unacknowledged_shipments")


def test_the_oldest_comes_first(world: World) -> None:
    found = [(row["facility_id"], row["quantity"], row["hours"]) for row in stuck(world)]
    day = 24
    assert found == [("F3", 2, 400 * day - 2), ("F2", 1, 40 * day - 2), ("F6", 2, 5 * day - 2), ("F1", 2, 3 * day - 2)]


def test_it_says_whether_retail_pro_should_know_by_now(world: World) -> None:
    assert {row["facility_id"] for row in stuck(world) if row["order_still_partial"]} == {"F1"}


def test_the_check_names_them_and_stops_nothing(world: World) -> None:
    told = world.check("unacknowledged_shipments", "no_shipment_unacknowledged_too_long")
    assert not told.passed
    assert str(told.description).startswith(
        "4 orders have lines shipped 48 or more hours ago that are not acknowledged"
    )
    assert world.files("reset")


def test_what_is_stuck_is_deducted_however_old_it_is(world: World) -> None:
    world.at("08:00").import_files()
    world.at("09:00").take(NIGHT)
    assert world.delivered("variance") == {
        ("F1", "A"): -2, ("F2", "A"): -1, ("F3", "A"): -2, ("F5", "A"): -2, ("F6", "A"): -2,
    }  # fmt: skip
