"""The night's data path in a process that is warm: everything imported, the definitions made. Argument: the site."""

import sys
from importlib import import_module

from benchmarks.lap import Lap
from retailsync_assets import taking
from retailsync_assets.definitions import site_definitions
from retailsync_assets.deployment import one_site
from retailsync_assets.home import Home
from retailsync_assets.night import business_date
from retailsync_assets.workplace import workplace


def main(name: str) -> None:
    home = Home()
    place = workplace(one_site(home, name), home)
    on = business_date(place.now(), place.site)
    site_definitions(place.site, place)
    for module in ("job_runs", "dagster_storage"):  # which are imported when a job is due
        import_module(f"retailsync_assets.{module}")
    lap = Lap()
    taking.take(place, on, "benchmark", lambda _step: None)
    lap.end()


if __name__ == "__main__":
    main(sys.argv[1])
