"""What a warning check finds stops nothing, and a person hears of it by itself, once, with the query that lists it."""

import json

import dagster as dg
import pytest

from retailsync_assets_tests.end_to_end.clocked.daemon import Daemon
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.world import World


@pytest.fixture(scope="module")
def world(new_world: NewWorld) -> World:
    """One row is no number, HotWax fails the rows of one store, and counts a product anew after the reset."""
    world = new_world(limits={"first_night": "pass", "rejected_rows": 1.0}, alerts={"units_between_rules": 0})
    world.raw({("F1", "B"): "ten"})
    world.orders.ship_whole("F1", "-1 09:00")
    world.take()
    with world.at("08:00").unknown_to_hotwax("F2"):
        world.import_files()
    shelf = "UPDATE INVENTORY_ITEM SET QUANTITY_ON_HAND_TOTAL = 14 WHERE INVENTORY_ITEM_ID = 'C-F1'"
    world.execute(shelf)
    world.at("09:05").take()
    world.import_files()
    assert world.take().state == "complete"
    return world


def told(world: World) -> list[str]:
    history = world.resources.ledger.history(NIGHT)
    return [json.loads(entry.detail)["text"] for entry in history if entry.what == "alert"]


def test_each_check_is_told_once(world: World) -> None:
    assert told(world) == [], "a run by hand tells nobody"
    with dg.DagsterInstance.ephemeral() as instance:
        daemon = Daemon(world, instance)
        daemon.look()
        first = told(world)
        daemon.look()
    assert told(world) == first
    by_asset = {text.split(" · ")[2].partition(":")[0]: text for text in first}
    expected = {
        "filtered_reset": ("warning: 1 row quarantined", "FROM quarantined_rows WHERE"),
        "applied_reset": ("warning: 3 rows failed", "FROM applied_reset WHERE NOT applied AND"),
        "applied_inventory": ("warning: 1 SKU-location has an", "FROM applied_inventory WHERE drift <> 0 AND"),
        "partial_shipment_variance": ("warning: the strict and the", "FROM unacknowledged_shipments WHERE"),
    }
    assert by_asset.keys() == expected.keys()
    for asset, (text, look) in expected.items():
        assert text in by_asset[asset]
        assert f"Next step: retailsync query {world.name} \"{look} business_date = '{NIGHT}'\"" in by_asset[asset]
