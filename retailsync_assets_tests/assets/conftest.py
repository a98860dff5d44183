from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import dagster as dg
import pytest

from retailsync_assets.orchestration.instance.dagster_home import instance
from retailsync_assets.orchestration.site_definitions import site_definitions
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.conftest import server as server
from retailsync_assets_tests.end_to_end.nights.world import World
from retailsync_assets_tests.orchestration.conftest import defs as defs
from retailsync_assets_tests.orchestration.conftest import every_site as every_site
from retailsync_assets_tests.servers.asyncssh_server import AsyncSSHServer

Shown = Mapping[str, dg.MetadataValue]


@pytest.fixture(scope="session")
def played(server: AsyncSSHServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Two whole nights; in the second two units of A were shipped and not acknowledged, and one row has no number."""
    limits, responses = {"first_night": "pass", "rejected_rows": 0.5}, {"acknowledgements": {"source": "responses"}}
    with World(tmp_path_factory.mktemp("shown"), server, "shown", limits=limits, retail_pro=responses) as world:
        world.at("-1 07:45").raw(as_of="-1 07:00")
        assert world.play(NIGHT - timedelta(days=1)).state == "complete"
        world.orders.ship("F1", "-1 20:00")
        world.at("07:45").raw({("F2", "C"): "<b>ten</b>"})
        assert world.play().state == "complete"
        yield world


@pytest.fixture(scope="session")
def shown(played: World) -> Mapping[str, Shown]:
    """What the page shows of each asset that the night made, by its name."""
    keys = [each.key for each in site_definitions(played.resources.site, played.resources).resolve_all_asset_specs()]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DAGSTER_HOME", str(played.home.folder / "dagster"))
        with instance(played.resources) as dagster:
            return {key.path[-1]: _latest(dagster, key) for key in keys}


def _latest(dagster: dg.DagsterInstance, key: dg.AssetKey) -> Any:
    event = dagster.get_latest_materialization_event(key)
    assert event is not None
    assert event.asset_materialization is not None
    assert event.asset_materialization.partition == NIGHT.isoformat()
    return event.asset_materialization.metadata
