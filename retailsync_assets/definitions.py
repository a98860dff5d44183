"""Dagster's entry point: every site of the deployment."""

import dagster as dg

from retailsync_assets.config.home import Home
from retailsync_assets.orchestration.deployment import deployed_sites, sandbox_folder
from retailsync_assets.orchestration.sandbox_sensor import sandbox_sensor
from retailsync_assets.orchestration.site_definitions import definitions_of


@dg.definitions
def defs() -> dg.Definitions:
    """Every site of the deployment, and the sandbox where the packaged demo is the only one."""
    home = Home()
    every, world = definitions_of(deployed_sites(home), home), sandbox_folder(home)
    beside = [] if world is None else [dg.Definitions(sensors=[sandbox_sensor(world)])]
    return dg.Definitions.merge(every, *beside)
