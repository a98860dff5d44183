from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
import pytest

from retailsync_assets.definitions import site_definitions
from retailsync_assets.taking import instance
from retailsync_assets_tests.nights.clock import NIGHT
from retailsync_assets_tests.nights.conftest import NewWorld
from retailsync_assets_tests.nights.conftest import new_world as new_world
from retailsync_assets_tests.nights.conftest import server as server
from retailsync_assets_tests.nights.world import World

Shown = Mapping[str, dg.MetadataValue]


@pytest.fixture(scope="module")
def played(new_world: NewWorld) -> World:
    """A whole night, with two units of A shipped and not acknowledged, and one row whose quantity is no number."""
    world = new_world(limits={"first_night": "pass", "rejected_rows": 0.5})
    world.orders.ship("F1", "-1 09:00")
    world.raw({("F2", "C"): "<b>ten</b>"})
    assert world.play().state == "complete"
    return world


@pytest.fixture(scope="module")
def shown(played: World) -> Iterator[Mapping[str, Shown]]:
    """What the page shows of each asset that the night made, by its name."""
    keys = [each.key for each in site_definitions(played.place.site, played.place).resolve_all_asset_specs()]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DAGSTER_HOME", str(played.home.folder / "dagster"))
        with instance(played.place) as dagster:
            yield {key.path[-1]: _latest(dagster, key) for key in keys}


def _latest(dagster: dg.DagsterInstance, key: dg.AssetKey) -> Any:
    event = dagster.get_latest_materialization_event(key)
    assert event is not None
    assert event.asset_materialization is not None
    assert event.asset_materialization.partition == NIGHT.isoformat()
    return event.asset_materialization.metadata
