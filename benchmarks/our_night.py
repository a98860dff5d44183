"""The night's data path in a process that is warm: everything imported, the definitions made. Argument: the site."""

import sys
from importlib import import_module

from benchmarks.lap import Lap
from retailsync_assets.config.home import Home
from retailsync_assets.orchestration.deployment import site_named
from retailsync_assets.orchestration.execution import night_runner
from retailsync_assets.orchestration.site_definitions import site_definitions
from retailsync_assets.resources.site import site_resources
from retailsync_assets.workflow.calendar import business_date


def main(name: str) -> None:
    home = Home()
    resources = site_resources(site_named(home, name), home)
    on = business_date(resources.now(), resources.site)
    site_definitions(resources.site, resources)
    import_module("retailsync_assets.orchestration.execution.job_runner")  # which is imported when a job is due
    lap = Lap()
    night_runner.run_night(resources, on, "benchmark", lambda _step: None)
    lap.end()


if __name__ == "__main__":
    main(sys.argv[1])
