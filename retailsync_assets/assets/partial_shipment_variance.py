"""What HotWax shipped and Retail Pro did not know of at the snapshot."""

from datetime import date, timedelta

import dagster as dg

from retailsync_assets.failures import in_one_line
from retailsync_assets.metadata import described
from retailsync_assets.night import made_from
from retailsync_assets.outcomes import Waiting
from retailsync_assets.records import Kind
from retailsync_assets.resources.lake import Lake, answer
from retailsync_assets.workplace import Workplace

ABSORBED_FOR_SURE = timedelta(days=1)
NO_SYSTEM = ""
SHIPPED = {
    "order_id": "VARCHAR",
    "order_item_seq_id": "VARCHAR",
    "shipment_id": "VARCHAR",
    "shipment_item_seq_id": "VARCHAR",
    "facility_id": "VARCHAR",
    "ship_group_facility_id": "VARCHAR",
    "product_id": "VARCHAR",
    "quantity": "DECIMAL(26,6)",
    "shipped_at": "TIMESTAMP",
    "acknowledged_by_order_at": "TIMESTAMP",
    "acknowledged_by_shipment_at": "TIMESTAMP",
    "order_still_partial": "INTEGER",
}


@dg.asset(group_name="variance", kinds={"sql", "duckdb", "parquet"}, deps=["filtered_reset", "pos_acknowledgements"])
def partial_shipment_variance(
    context: dg.AssetExecutionContext, lake: Lake, place: dg.ResourceParam[Workplace]
) -> dg.MaterializeResult[None]:
    """One row per key with units that HotWax shipped and Retail Pro's snapshot still counts.

    Columns: the key, `reset_quantity`, units and variance by the strict and by the documented rule, and `variance`, the
    one the site's rule sends (units, zero or less). A preview until HotWax has applied the reset, exact from then on,
    and for applied keys only. The lines behind every unit are in `shipped_lines`. Source: `sql/oms/shipped_lines.sql`.
    """
    on, site = date.fromisoformat(context.partition_key), place.site
    with in_one_line(), lake.get_connection() as duck:
        standing = place.ledger.standing(on)
        reset = standing.made.get("filtered_reset")
        snapshot = standing.snapshot
        if reset is None or snapshot is None or reset.snapshot_id != snapshot.snapshot_id:
            raise Waiting(f"filtered_reset of {on} has not been made from the night's snapshot")
        evidence = standing.made.get("applied_reset")
        exact = evidence is not None and evidence.detail == made_from(standing, Kind.RESET)
        acknowledgements = site.retail_pro.acknowledgements
        responses = acknowledgements.source == "responses"
        shipped = place.oms.rows(
            "shipped_lines",
            external_config=NO_SYSTEM if responses else acknowledgements.external_config,
            surely_absorbed=snapshot.as_of - ABSORBED_FOR_SURE,
        )
        lake.load_as(duck, "shipped", SHIPPED, shipped)
        lake.show(duck, on, "filtered_reset", "stores", "applied_reset", "pos_acknowledgements")
        lake.derive(duck, "acknowledged_lines")
        lake.derive(duck, "reset_keys", now=place.now().replace(tzinfo=None), evidence=exact)
        lines = lake.write(duck, on, "shipped_lines", as_of=snapshot.as_of.replace(tzinfo=None), responses=responses)
        lake.write(duck, on, "partial_shipment_variance", floor=site.variance.floor_at_zero, rule=site.variance.rule)
        totals = answer(
            duck.table("partial_shipment_variance").aggregate(
                "coalesce(sum(strict_variance), 0) AS strict, coalesce(sum(documented_variance), 0) AS documented"
            )
        )[0]
    return described(
        lake,
        place,
        "partial_shipment_variance",
        on,
        snapshot_id=snapshot.snapshot_id,
        detail="exact" if exact else "preview",
        exact=str(exact).lower(),
        acknowledged_by=acknowledgements.source,
        shipped_lines=lines,
        strict_units=int(totals["strict"]),
        documented_units=int(totals["documented"]),
    )
