"""The asset `filtered_reset` once more, in a process that has the raw file's bytes proved: scan, gates, join, Parquet.

Arguments: site, business date. The state is that of RETAILSYNC_HOME; what comes before it in a night is off the clock.
The seconds are those of its step and of its checks; the processor's are of the whole run, Dagster's share included.
"""

import sys
from collections.abc import Sequence
from datetime import date

import dagster as dg

from benchmarks.lap import Lap
from retailsync_assets.config.home import Home
from retailsync_assets.orchestration.deployment import site_named
from retailsync_assets.orchestration.site_definitions import site_definitions
from retailsync_assets.resources.lake import Lake
from retailsync_assets.resources.site import SiteResources, site_resources

SILENT = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


def main(name: str, on: str) -> None:
    home = Home()
    resources = site_resources(site_named(home, name), home)
    _materialized(resources, on, ["raw_reset_file", "active_products"])
    lap = Lap()
    result = _materialized(resources, on, ["filtered_reset"])
    steps = [event for event in result.all_events if event.event_type == dg.DagsterEventType.STEP_SUCCESS]
    rows = Lake(home, name).rows("filtered_reset", date.fromisoformat(on))
    lap.end(rows=len(rows), seconds=sum(step.step_success_data.duration_ms for step in steps) / 1000)


def _materialized(resources: SiteResources, on: str, assets: Sequence[str]) -> dg.ExecuteInProcessResult:
    chosen = [dg.AssetKey([resources.site.name, asset]) for asset in assets]
    with dg.DagsterInstance.ephemeral() as instance:
        every = site_definitions(resources.site, resources).resolve_asset_graph().assets_defs
        return dg.materialize(every, selection=chosen, partition_key=on, instance=instance, run_config=SILENT)


if __name__ == "__main__":
    main(*sys.argv[1:3])
