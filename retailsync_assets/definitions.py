"""Dagster's entry point: every site of the deployment."""

import dagster as dg

from retailsync_assets.config.home import Home
from retailsync_assets.orchestration.deployment import embedded_folder, sites
from retailsync_assets.orchestration.sandbox_sensor import embedded_world_sensor
from retailsync_assets.orchestration.site_definitions import definitions_of


@dg.definitions
def defs() -> dg.Definitions:
    """Every site of the deployment, and the embedded world where the packaged demo is the only one."""
    home = Home()
    every, world = definitions_of(sites(home), home), embedded_folder(home)
    beside = [] if world is None else [dg.Definitions(sensors=[embedded_world_sensor(world)])]
    return dg.Definitions.merge(every, *beside)
