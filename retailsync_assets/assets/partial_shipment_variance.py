"""What HotWax shipped and Retail Pro did not know of at the snapshot."""

from datetime import date

import dagster as dg

from retailsync_assets.assets.failures import as_dagster_failure
from retailsync_assets.assets.metadata import materialized, shown
from retailsync_assets.errors import Waiting
from retailsync_assets.ledger.models import DeliveryKind
from retailsync_assets.resources.lake import Lake, fetch_dicts
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.resources.sql import version
from retailsync_assets.variance.deduction import AsOf, compute_variance
from retailsync_assets.workflow.provenance import sources_of

QUERIES = (
    "variance/opened_stores",
    "variance/carried_orders",
    "oms/facilities",
    "oms/partial_orders",
    "oms/unacknowledged_orders",
    "oms/unacknowledged_orders_ever",
    "oms/shipped_lines",
    "oms/movements",
    "raw_file/spelling",
    "variance/store_codes",
    "variance/acknowledged_lines",
    "variance/line_quantities",
    "variance/odd_shipments",
    "variance/reset_keys",
    "variance/shipped_lines",
    "variance/erased_movements",
    "variance/partial_shipment_variance",
    "variance/variance_figures",
    "variance/explained_variance",
)

EXPLAINED = dg.TableSchema(
    [
        dg.TableColumn("upca", "varchar", "the product's UPCA"),
        dg.TableColumn("store", "varchar", "the store"),
        dg.TableColumn("reset", "bigint", "units the reset sets"),
        dg.TableColumn("variance", "bigint", "units the variance moves"),
        dg.TableColumn("target", "bigint", "both together"),
        dg.TableColumn("lines", "varchar", "the lines it takes off, with their units"),
        dg.TableColumn("replayed", "bigint", "units of till movements that are booked again"),
    ]
)
"""What `retailsync explain` tells of one key, for the largest twenty variances."""


@dg.asset(
    group_name="variance",
    kinds={"sql", "duckdb", "parquet"},
    deps=["filtered_reset", "pos_acknowledgements"],
    code_version=version(*QUERIES),
)
def partial_shipment_variance(
    context: dg.AssetExecutionContext, lake: dg.ResourceParam[Lake], resources: dg.ResourceParam[SiteResources]
) -> dg.MaterializeResult[None]:
    """One row per key with units that HotWax shipped and Retail Pro's snapshot still counts.

    Columns: the key, `reset_quantity`, units and variance by the strict and by the documented rule, what is `replayed`
    of live till movements, and `variance`, the one the site's rule sends (units). A preview until HotWax has applied
    the reset, exact from then on, and for applied keys only. The lines behind every unit are in `shipped_lines`, the
    movements in `erased_movements`, and in `odd_shipments` what HotWax tells too little of. Source:
    `sql/oms/shipped_lines.sql`, `movements.sql`.
    """
    on, site = date.fromisoformat(context.partition_key), resources.site
    with as_dagster_failure(), lake.get_connection() as duck:
        standing = resources.ledger.night_state(on)
        reset = standing.made.get("filtered_reset")
        snapshot = standing.snapshot
        if reset is None or snapshot is None or reset.snapshot_id != snapshot.snapshot_id:
            raise Waiting(f"filtered_reset of {on} has not been made from the night's snapshot")
        evidence = standing.made.get("applied_reset")
        exact = evidence is not None and evidence.detail == sources_of(standing, DeliveryKind.RESET)
        figures = compute_variance(duck, lake, resources.oms, site, AsOf(on, snapshot.as_of, resources.now(), exact))
        explained = fetch_dicts(lake.run_query(duck, "variance/explained_variance", rule=site.variance.rule))
    return materialized(
        lake,
        resources,
        "partial_shipment_variance",
        on,
        snapshot_id=snapshot.snapshot_id,
        detail="exact" if exact else "preview",
        exact=str(exact).lower(),
        acknowledged_by=site.retail_pro.acknowledgements.source,
        explained=shown(explained, EXPLAINED),
        **figures,
    )
