"""A night looks back two days here; what is older is carried on, and each store has its night for all of its lines."""

from datetime import date, timedelta

import pytest

from retailsync_assets.resources.lake import Lake
from retailsync_assets.variance.deduction import INPUTS, AsOf, compute_variance
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT, moment
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.world import World

MONDAY = NIGHT - timedelta(days=4)
TUESDAY, WEDNESDAY, SATURDAY = (MONDAY + timedelta(days=days) for days in (1, 2, 5))


@pytest.fixture
def world(new_world: NewWorld) -> World:
    return new_world(stores={f"F{number}": f"S{number}" for number in range(1, 6)}, variance={"window_days": 2})


def found(world: World, on: date, closed: str = "") -> set[str]:
    """The stores whose lines the night of this date deals with; one may be closed."""
    lake = Lake(world.home, world.name)
    as_of = moment("07:00") + (on - NIGHT)
    with lake.get_connection() as duck:
        lake.load(
            duck,
            "its",
            "stores",
            [{"facility_id": f, "external_facility_id": s} for f, s in world.stores.items() if f != closed],
        )
        lake.write_table(duck.table("its"), on, "stores")
        lake.attach(duck, on, *INPUTS)
        compute_variance(duck, lake, world.resources.oms, world.resources.site, AsOf(on, as_of, as_of, exact=False))
    return {row["facility_id"] for row in lake.rows("shipped_lines", on)}


def test_what_one_night_found_the_next_one_does_not_lose(world: World) -> None:
    world.orders.ship_whole("F1", "-40 09:00")
    assert [found(world, on) for on in (MONDAY, TUESDAY, WEDNESDAY)] == [{"F1"}] * 3


def test_once_it_is_acknowledged_it_is_let_go(world: World) -> None:
    world.orders.ship_whole("F1", "-40 09:00")
    found(world, MONDAY)
    world.orders.acknowledge("F1", "-4 12:00")
    found(world, TUESDAY)
    lake = Lake(world.home, world.name)
    assert {row["acknowledged_at"] is not None for row in lake.rows("shipped_lines", TUESDAY)} == {True}
    assert found(world, WEDNESDAY) == set()


def test_a_line_without_a_time_is_carried_too(world: World) -> None:
    """On nights, too, that are not its store's own."""
    for store in world.stores:
        world.orders.ship_whole(store, "-40 09:00")
    world.execute("UPDATE SHIPMENT_STATUS SET STATUS_DATE = NULL")
    assert [found(world, on) for on in (MONDAY, TUESDAY, WEDNESDAY)] == [set(world.stores)] * 3


def test_partial_orders_are_found_whatever_their_age(world: World) -> None:
    world.orders.ship("F1", "-40 09:00")
    world.orders.acknowledge("F1", "-39 09:00")
    assert [found(world, on) for on in (MONDAY, TUESDAY)] == [{"F1"}] * 2


def test_acknowledgements_taken_back_are_noticed_within_a_week_each_store_on_its_night(world: World) -> None:
    for store in world.stores:
        world.orders.ship_whole(store, "-40 09:00")
        world.orders.acknowledge(store, "-39 09:00")
    assert found(world, MONDAY) == set()
    world.execute("DELETE FROM ORDER_FULFILLMENT_HISTORY")
    week = [found(world, MONDAY + timedelta(days=days)) for days in range(1, 8)]
    assert week[-1] == set(world.stores)
    assert week[0] != week[-1], "some on one night, some on another"


def test_a_store_that_opens_again_brings_its_old_lines_along(world: World) -> None:
    for store in world.stores:
        world.orders.ship_whole(store, "-40 09:00")
    for store in world.stores:
        assert found(world, MONDAY, closed=store) == set(world.stores) - {store}
        assert found(world, TUESDAY) == set(world.stores)


def test_after_a_gap_longer_than_the_window_everything_is_looked_at(world: World) -> None:
    world.orders.ship_whole("F1", "-40 09:00")
    world.orders.acknowledge("F1", "-39 09:00")
    found(world, MONDAY)
    world.execute("DELETE FROM ORDER_FULFILLMENT_HISTORY")
    assert found(world, SATURDAY) == {"F1"}
