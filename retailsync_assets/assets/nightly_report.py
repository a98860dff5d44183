"""The nightly report, one HTML page."""

import hashlib
from datetime import date

import dagster as dg

from retailsync_assets.assets.metadata import report_link, seconds_so_far, snapshot_metadata
from retailsync_assets.assets.nightly_step import nightly_step
from retailsync_assets.ledger.models import DeliveryKind, Materialization
from retailsync_assets.reporting.figures import collect
from retailsync_assets.reporting.page import render
from retailsync_assets.resources.atomic_file import write_atomic
from retailsync_assets.resources.lake import Lake
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.resources.sql import version

QUERIES = ("reporting/night", "reporting/orders", "reporting/by_store", "reporting/excluded")
FIGURES = (
    "keys_changed",
    "keys_newly_zero",
    "units_deducted",
    "units_of_drift",
    "unacknowledged_shipments",
    "minutes",
)


@dg.asset(
    group_name="variance",
    kinds={"html"},
    deps=["applied_inventory"],
    code_version=version(*QUERIES),
    output_required=False,
)
@nightly_step
def nightly_report(
    context: dg.AssetExecutionContext, lake: dg.ResourceParam[Lake], resources: dg.ResourceParam[SiteResources]
) -> dg.MaterializeResult[None]:
    """The nightly run as one self-contained HTML page: timeline, changes, deductions, drift and excluded rows.

    File: `reports/<site>/<date>.html` in RETAILSYNC_HOME. It is written when the run is complete; materialize it by
    hand to see a run that is on hold or late. Source: the ledger, and the lake's tables of this and earlier business
    dates.
    """
    on = date.fromisoformat(context.partition_key)
    night = collect(resources, lake, on)
    file, content = resources.home.report(resources.site.name, on), render(night).encode()
    write_atomic(file, content)
    digest = hashlib.sha256(content).hexdigest()
    standing = resources.ledger.night_state(on)
    names = standing.names(DeliveryKind.RESET, DeliveryKind.VARIANCE)
    snapshot_id = night.snapshot.snapshot_id if night.snapshot else None
    made = Materialization("nightly_report", snapshot_id, 1, digest, night.generated_at, deliveries=names)
    if standing.is_of_current_deliveries("applied_inventory"):
        resources.ledger.record_materialization(on, made, completes="reconciliation")
    return dg.MaterializeResult(  # pyright: ignore[reportReturnType] - Dagster types its own default as a value
        metadata={
            "report": report_link(resources, on),
            "path": dg.PathMetadataValue(str(file)),
            "state": night.state,
            "reasons": "; ".join(night.reasons) or "none",
            "next_step": night.next_step or "none",
            "bytes": len(content),
            "sha256": digest,
            **snapshot_metadata(night.snapshot, night.generated_at),
            "seconds": round(seconds_so_far(), 2),
            **{name: int(night.figures[name]) for name in FIGURES if night.figures[name] is not None},
        }
    )
