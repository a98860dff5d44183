"""Units that HotWax shipped and that Retail Pro's snapshot still counts."""

from datetime import date

import dagster as dg

from retailsync_assets.assets.metadata import materialized, shown
from retailsync_assets.assets.nightly_step import nightly_step
from retailsync_assets.errors import Waiting
from retailsync_assets.resources.known_tables import attach
from retailsync_assets.resources.lake import Lake, fetch_dicts
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.resources.sql import version
from retailsync_assets.variance.deduction import INPUTS, AsOf, compute_variance

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
        dg.TableColumn("reset", "bigint", "quantity set by the reset"),
        dg.TableColumn("variance", "bigint", "units deducted or added back"),
        dg.TableColumn("target", "bigint", "reset plus variance"),
        dg.TableColumn("lines", "varchar", "the deducted lines, with their units"),
        dg.TableColumn("replayed", "bigint", "units of POS movements that are replayed"),
    ]
)
"""The output of `retailsync explain`, for the twenty largest variances."""


@dg.asset(
    group_name="variance",
    kinds={"sql", "duckdb", "parquet"},
    deps=["filtered_reset", "pos_acknowledgements"],
    code_version=version(*QUERIES),
    output_required=False,
)
@nightly_step
def partial_shipment_variance(
    context: dg.AssetExecutionContext, lake: dg.ResourceParam[Lake], resources: dg.ResourceParam[SiteResources]
) -> dg.MaterializeResult[None]:
    """One row per SKU-location with units that HotWax shipped and Retail Pro's snapshot still counts.

    Columns: the SKU-location, `reset_quantity`, units and variance by the strict and by the documented rule, `replayed`
    POS movements, and `variance`, the units that the site's rule sends. It is a preview until HotWax has applied the
    reset; then it is exact and covers the applied SKU-locations only. The lines behind every unit are in
    `shipped_lines`, the movements in `erased_movements`, and `odd_shipments` has the lines about which HotWax says too
    little. Source: `sql/oms/shipped_lines.sql`, `movements.sql`.
    """
    on, site = date.fromisoformat(context.partition_key), resources.site
    with lake.get_connection() as duck:
        standing = resources.night(on)
        reset = standing.made.get("filtered_reset")
        snapshot = standing.snapshot
        filtered = reset is not None and snapshot is not None and reset.snapshot_id == snapshot.snapshot_id
        if snapshot is None or not (filtered or standing.promised_reset):
            raise Waiting(f"filtered_reset of {on} was not made from the current snapshot")
        exact = standing.is_of_current_reset("applied_reset")
        attach(duck, lake, standing, *INPUTS)
        figures = compute_variance(duck, lake, resources.oms, site, AsOf(on, snapshot.as_of, resources.now(), exact))
        explained = fetch_dicts(lake.run_query(duck, "variance/explained_variance", rule=site.variance.rule))
    return materialized(
        lake,
        resources,
        "partial_shipment_variance",
        on,
        snapshot_id=snapshot.snapshot_id,
        exact=exact,
        also={"exact": exact},
        acknowledged_by=site.retail_pro.acknowledgements.source,
        explained=shown(explained, EXPLAINED),
        **figures,
    )
