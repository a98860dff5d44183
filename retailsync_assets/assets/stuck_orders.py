"""What Retail Pro should long have taken note of: the cause that every variance treats the symptom of."""

from datetime import date

import dagster as dg

from retailsync_assets.assets.failures import in_one_line
from retailsync_assets.assets.metadata import described
from retailsync_assets.resources.lake import Lake, answer
from retailsync_assets.resources.site import Workplace
from retailsync_assets.resources.sql import version

QUERIES = ("variance/stuck_orders",)


@dg.asset(
    group_name="variance",
    kinds={"duckdb", "parquet"},
    deps=["partial_shipment_variance"],
    code_version=version(*QUERIES),
)
def stuck_orders(
    context: dg.AssetExecutionContext, lake: dg.ResourceParam[Lake], place: dg.ResourceParam[Workplace]
) -> dg.MaterializeResult[None]:
    """One row per line shipped more than `stuck_after_hours` ago that Retail Pro has not noted, oldest first.

    Columns: order, line and shipment, store, product, `quantity`, `shipped_at` (UTC), `hours` since, and whether its
    order is still partial (Retail Pro is not told before it is complete) or the invoice or slip itself is missing.
    Source: `shipped_lines` of the same date, of any age.
    """
    on, allowed = date.fromisoformat(context.partition_key), place.site.retail_pro.acknowledgements.stuck_after_hours
    with in_one_line(), lake.get_connection() as duck:
        lake.show(duck, on, "shipped_lines", "stores")
        lake.write(duck, on, "variance/stuck_orders", now=place.now().replace(tzinfo=None), stuck_after_hours=allowed)
        figures = answer(
            duck.table("stuck_orders").aggregate(
                "count(DISTINCT order_id) AS orders, coalesce(max(hours), 0) AS oldest_hours,"
                " count(*) FILTER (WHERE NOT order_still_partial) AS lines_of_complete_orders"
            )
        )[0]
    return described(lake, place, "stuck_orders", on, **figures)
