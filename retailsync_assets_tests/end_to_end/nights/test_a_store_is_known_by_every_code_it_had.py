"""Response files name stores by Retail Pro's codes; a code of yesterday's means the store that had it."""

from datetime import date, timedelta

import pytest

from retailsync_assets.resources.lake import Lake
from retailsync_assets.variance.deduction import INPUTS, AsOf, compute_variance
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT, moment
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.world import World

STORES = {"F1": "NYC", "F2": "S2", "F3": "S3"}
NOTED = moment("-5 12:00")


def keep(world: World, on: date, codes: dict[str, str]) -> None:
    """What `active_products` wrote of the stores on a date."""
    lake = Lake(world.home, world.name)
    with lake.get_connection() as duck:
        rows = [{"facility_id": facility, "external_facility_id": code} for facility, code in codes.items()]
        lake.load(duck, "kept", "stores", rows)
        lake.write_table(duck.table("kept"), on, "stores")


def acknowledged(world: World, *notes: tuple[str, str]) -> set[str]:
    """The stores whose line is acknowledged by these: a store whose order it is, and the code that is written."""
    lake, rows = Lake(world.home, world.name), list[dict[str, object]]()
    for store, code in notes:
        rows.append(
            {
                "order_id": world.orders.order_of[store], "order_item_seq_id": "00001", "kind": "INVOICE",
                "store_code": code, "accepted_at": f"{NOTED:%Y-%m-%d %H:%M:%S}",
            }
        )  # fmt: skip
    with lake.get_connection() as duck:
        lake.load(duck, "noted", "pos_acknowledgements", rows)
        lake.write_table(duck.table("noted"), NIGHT, "pos_acknowledgements")
        lake.attach(duck, NIGHT, *INPUTS)
        at = AsOf(NIGHT, moment("07:00"), moment("07:00"), exact=False)
        compute_variance(duck, lake, world.resources.oms, world.resources.site, at)
    return {row["facility_id"] for row in lake.rows("shipped_lines", NIGHT) if row["acknowledged_at"]}


@pytest.fixture
def world(new_world: NewWorld) -> World:
    """Until last night F1 was NY, and long before that N1."""
    world = new_world(stores=STORES, retail_pro={"acknowledgements": {"source": "responses"}})
    for store in STORES:
        world.orders.ship_whole(store, "-6 09:00")
    keep(world, NIGHT - timedelta(days=400), STORES | {"F1": "N1"})
    keep(world, NIGHT - timedelta(days=1), STORES | {"F1": "NY"})
    keep(world, NIGHT, STORES)
    return world


@pytest.mark.parametrize("code", ["NY", "NYC", "N1", "ny", " NY "])
def test_by_the_one_it_has_and_by_those_it_had(world: World, code: str) -> None:
    assert acknowledged(world, ("F1", code)) == {"F1"}


@pytest.mark.parametrize("code", ["S2", "NX", "", "NYCX"])
def test_and_by_no_other(world: World, code: str) -> None:
    assert acknowledged(world, ("F1", code)) == set()


def test_not_by_one_that_it_gets_tomorrow(world: World) -> None:
    keep(world, NIGHT + timedelta(days=1), STORES | {"F1": "NX"})
    assert acknowledged(world, ("F1", "NX")) == set()


def test_a_code_that_another_store_took_over_means_who_had_it_then(world: World) -> None:
    swapped = STORES | {"F2": "S3", "F3": "S2"}
    keep(world, NIGHT - timedelta(days=1), STORES)
    keep(world, NIGHT, swapped)
    assert acknowledged(world, ("F2", "S2"), ("F3", "S3")) == {"F2", "F3"}
    assert acknowledged(world, ("F2", "S3"), ("F3", "S2")) == set()
