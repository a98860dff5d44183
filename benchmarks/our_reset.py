"""The asset `filtered_reset` once more, on a night that has its raw file: bytes proved, scan, gates, join, Parquet.

Arguments: site, business date. The state is that of RETAILSYNC_HOME.
"""

import sys
from datetime import date

import dagster as dg

from benchmarks.lap import Lap
from retailsync_assets.assets.filtered_reset import filtered_reset
from retailsync_assets.deployment import one_site
from retailsync_assets.home import Home
from retailsync_assets.resources.lake import Lake
from retailsync_assets.workplace import workplace


def main(name: str, on: str) -> None:
    home = Home()
    place = workplace(one_site(home, name), home)
    lake = Lake(home=str(home.folder), site=name)
    context = dg.build_asset_context(partition_key=on)
    lap = Lap()
    filtered_reset(context, lake=lake, place=place)
    lap.end(rows=len(lake.rows("filtered_reset", date.fromisoformat(on))))


if __name__ == "__main__":
    main(*sys.argv[1:3])
