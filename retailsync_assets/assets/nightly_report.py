"""The night on one page, for people."""

import hashlib
from datetime import date

import dagster as dg

from retailsync_assets.assets.failures import as_dagster_failure
from retailsync_assets.assets.metadata import report_link, seconds_so_far, snapshot_metadata
from retailsync_assets.reporting.figures import collect
from retailsync_assets.reporting.page import render
from retailsync_assets.resources.atomic_file import write_atomic
from retailsync_assets.resources.lake import Lake
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.resources.sql import version

QUERIES = ("reporting/night", "reporting/orders", "reporting/by_store", "reporting/left_out")
FIGURES = (
    "keys_changed",
    "keys_newly_zero",
    "units_taken_off",
    "units_of_drift",
    "unacknowledged_shipments",
    "minutes",
)


@dg.asset(group_name="variance", kinds={"html"}, deps=["applied_inventory"], code_version=version(*QUERIES))
def nightly_report(
    context: dg.AssetExecutionContext, lake: dg.ResourceParam[Lake], resources: dg.ResourceParam[SiteResources]
) -> dg.MaterializeResult[None]:
    """The night as one HTML page that needs no network: stages against plan, what changed, what was left out.

    File: `reports/<site>/<date>.html` in RETAILSYNC_HOME. Made when the night is complete; materialized by hand it
    tells a night as far as it has come. Source: the ledger, and the lake's tables of this night and the last ones.
    """
    on = date.fromisoformat(context.partition_key)
    with as_dagster_failure():
        night = collect(resources, lake, on)
    file, content = resources.home.report(resources.site.name, on), render(night).encode()
    write_atomic(file, content)
    return dg.MaterializeResult(  # pyright: ignore[reportReturnType] - Dagster types its own default as a value
        metadata={
            "report": report_link(resources, on),
            "path": dg.PathMetadataValue(str(file)),
            "state": night.state,
            "bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            **snapshot_metadata(night.snapshot, night.told_at),
            "seconds": round(seconds_so_far(), 2),
            **{name: int(night.figures[name]) for name in FIGURES if night.figures[name] is not None},
        }
    )
