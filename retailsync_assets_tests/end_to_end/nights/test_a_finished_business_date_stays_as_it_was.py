"""Materializing or backfilling a finished business date changes none of its tables, its report or its ledger."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from retailsync_assets.errors import RetailSyncError
from retailsync_assets.orchestration.execution.dry_run import materialize
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.world import World

NEXT = NIGHT + timedelta(days=1)
EVERY_ASSET = [
    "active_products",
    "raw_reset_file",
    "filtered_reset",
    "reset_delivery",
    "applied_reset",
    "pos_acknowledgements",
    "partial_shipment_variance",
    "unacknowledged_shipments",
    "variance_delivery",
    "applied_inventory",
    "nightly_report",
]


@pytest.fixture(scope="module")
def world(new_world: NewWorld) -> World:
    """Two finished business dates; since the first, what it knew of HotWax has moved on."""
    world = new_world()
    world.raw()
    world.orders.ship("F1", "-1 09:00")
    assert world.play().state == "complete"
    world.raw({("F1", "A"): 3}, as_of="+1 07:00")
    world.at("+1 07:45")
    assert world.play(NEXT).state == "complete"
    world.orders.acknowledge("F1", "+1 10:00")
    return world.at("+1 11:00")


def kept(world: World) -> dict[str, object]:
    """Every file of the lake and of the reports, and all that the ledger says of the first business date."""
    folders = (world.home.folder / name for name in ("lake", "reports", "outbox", "manifests"))
    files = {str(file): file.read_bytes() for folder in folders for file in _files(folder)}
    ledger = world.resources.ledger
    return {**files, "ledger": (ledger.night_state(NIGHT), len(ledger.history(NIGHT)))}


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("asset", EVERY_ASSET)
def test_an_asset_that_is_materialized_again_is_left_as_it_was(world: World, asset: str) -> None:
    before = kept(world)
    materialize(world.resources, NIGHT, asset)
    assert kept(world) == before


def test_unless_the_lake_has_lost_it(world: World) -> None:
    home = world.home.folder
    for folder in (home / "lake" / world.name / "active_products", home / "outbox" / world.name / "tables"):
        shutil.rmtree(folder)
    with pytest.raises(RetailSyncError, match="the lake has lost active_products"):
        materialize(world.resources, NIGHT, "active_products")
