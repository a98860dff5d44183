"""The night on one page, for people."""

import hashlib
from datetime import date

import dagster as dg

from retailsync_assets.assets.failures import in_one_line
from retailsync_assets.assets.metadata import of_snapshot, report_link, seconds_so_far
from retailsync_assets.reporting.figures import gathered
from retailsync_assets.reporting.page import drawn
from retailsync_assets.resources.atomic_file import write_whole
from retailsync_assets.resources.lake import Lake
from retailsync_assets.resources.site import Workplace
from retailsync_assets.resources.sql import version

QUERIES = ("reporting/night", "reporting/orders", "reporting/by_store", "reporting/left_out")
FIGURES = ("keys_changed", "keys_newly_zero", "units_taken_off", "units_of_drift", "stuck_orders", "minutes")


@dg.asset(group_name="variance", kinds={"html"}, deps=["applied_inventory"], code_version=version(*QUERIES))
def night_report(
    context: dg.AssetExecutionContext, lake: dg.ResourceParam[Lake], place: dg.ResourceParam[Workplace]
) -> dg.MaterializeResult[None]:
    """The night as one HTML page that needs no network: stages against plan, what changed, what was left out.

    File: `reports/<site>/<date>.html` in RETAILSYNC_HOME. Made when the night is complete; materialized by hand it
    tells a night as far as it has come. Source: the ledger, and the lake's tables of this night and the last ones.
    """
    on = date.fromisoformat(context.partition_key)
    with in_one_line():
        night = gathered(place, lake, on)
    file, content = place.home.report(place.site.name, on), drawn(night).encode()
    write_whole(file, content)
    return dg.MaterializeResult(  # pyright: ignore[reportReturnType] - Dagster types its own default as a value
        metadata={
            "report": report_link(place, on),
            "path": dg.PathMetadataValue(str(file)),
            "state": night.state,
            "bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            **of_snapshot(night.snapshot, night.told_at),
            "seconds": round(seconds_so_far(), 2),
            **{name: int(night.figures[name]) for name in FIGURES if night.figures[name] is not None},
        }
    )
