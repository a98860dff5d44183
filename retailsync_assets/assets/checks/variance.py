"""Asset checks of what the variance rests on: they warn, and stop nothing."""

from datetime import date

import dagster as dg

from retailsync_assets.reporting.alerts import notify
from retailsync_assets.resources.lake import Lake, answer
from retailsync_assets.resources.site import Workplace
from retailsync_assets.workflow.incidents import Missing


@dg.asset_check(asset="stuck_orders")
def no_order_is_stuck(
    context: dg.AssetCheckExecutionContext, place: dg.ResourceParam[Workplace], lake: dg.ResourceParam[Lake]
) -> dg.AssetCheckResult:
    """Retail Pro has noted every line that HotWax shipped longer ago than the site allows."""
    rows = lake.rows("stuck_orders", date.fromisoformat(context.partition_key))
    name, hours = place.site.name, place.site.retail_pro.acknowledgements.stuck_after_hours
    orders = {row["order_id"] for row in rows}
    told = f"{len(orders) or 'no'} orders have lines shipped {hours:g} hours ago or more that Retail Pro has not noted"
    oldest = f", the oldest is {rows[0]['order_id']}: retailsync query {name} 'FROM stuck_orders'" if rows else ""
    return dg.AssetCheckResult(
        passed=not rows,
        severity=dg.AssetCheckSeverity.WARN,
        description=told + oldest,
        metadata={"orders": len(orders), "lines": len(rows), "units": sum(row["quantity"] for row in rows)},
    )


@dg.asset_check(asset="partial_shipment_variance")
def the_two_rules_are_close(
    context: dg.AssetCheckExecutionContext, place: dg.ResourceParam[Workplace], lake: dg.ResourceParam[Lake]
) -> dg.AssetCheckResult:
    """The strict and the documented rule differ by no more units than the site allows; beyond, a person is told."""
    on, site = date.fromisoformat(context.partition_key), place.site
    with lake.get_connection() as duck:
        lake.show(duck, on, "partial_shipment_variance")
        differing = "count(*) FILTER (WHERE strict_variance <> documented_variance) AS keys"
        units = "CAST(coalesce(sum(abs(strict_variance - documented_variance)), 0) AS BIGINT) AS units"
        found = answer(duck.view("partial_shipment_variance").aggregate(f"{differing}, {units}"))[0]
    allowed = site.alerts.units_between_rules
    reason = (
        f"the strict and the documented rule differ by {found['units']} units at {found['keys']} keys,"
        f" {allowed} are allowed"
    )
    if found["units"] > allowed:
        look = f"retailsync query {site.name} \"FROM stuck_orders WHERE business_date = '{on}'\""
        notify(place, on, Missing("the rules differ", "partial_shipment_variance", reason, look))
    return dg.AssetCheckResult(
        passed=found["units"] <= allowed,
        severity=dg.AssetCheckSeverity.WARN,
        description=reason,
        metadata=found,
    )
