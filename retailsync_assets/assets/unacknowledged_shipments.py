"""Shipments that Retail Pro should have acknowledged by now; every variance works around them."""

from datetime import date

import dagster as dg

from retailsync_assets.assets.metadata import materialized
from retailsync_assets.assets.nightly_step import nightly_step
from retailsync_assets.resources.known_tables import attach
from retailsync_assets.resources.lake import Lake, fetch_dicts
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.resources.sql import version

QUERIES = ("variance/unacknowledged_shipments",)


@dg.asset(
    group_name="variance",
    kinds={"duckdb", "parquet"},
    deps=["partial_shipment_variance"],
    code_version=version(*QUERIES),
    output_required=False,
)
@nightly_step
def unacknowledged_shipments(
    context: dg.AssetExecutionContext, lake: dg.ResourceParam[Lake], resources: dg.ResourceParam[SiteResources]
) -> dg.MaterializeResult[None]:
    """One row per line that was shipped more than `stuck_after_hours` ago and is not acknowledged, oldest first.

    Columns: order, line and shipment, store, product, `quantity`, `shipped_at` (UTC), `hours` since then, and
    `order_still_partial`: true if Retail Pro is not notified before the order is complete, false if its invoice or slip
    is missing. Source: `shipped_lines` of the same business date.
    """
    on, allowed = (
        date.fromisoformat(context.partition_key),
        resources.site.retail_pro.acknowledgements.stuck_after_hours,
    )
    with lake.get_connection() as duck:
        attach(duck, lake, resources.night(on), "shipped_lines", "stores")
        lake.write_query(
            duck,
            on,
            "variance/unacknowledged_shipments",
            now=resources.now().replace(tzinfo=None),
            stuck_after_hours=allowed,
        )
        figures = fetch_dicts(
            duck.table("unacknowledged_shipments").aggregate(
                "count(DISTINCT order_id) AS orders, coalesce(max(hours), 0) AS oldest_hours,"
                " count(*) FILTER (WHERE NOT order_still_partial) AS lines_of_complete_orders"
            )
        )[0]
    return materialized(lake, resources, "unacknowledged_shipments", on, **figures)
