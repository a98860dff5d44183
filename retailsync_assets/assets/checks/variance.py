"""Asset checks on the inputs of the variance: they warn and stop nothing."""

from datetime import date

import dagster as dg

from retailsync_assets.reporting.alerts import send_alert
from retailsync_assets.resources.lake import Lake, fetch_dicts
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.workflow.incidents import Incident


@dg.asset_check(asset="unacknowledged_shipments")
def no_shipment_unacknowledged_too_long(
    context: dg.AssetCheckExecutionContext, resources: dg.ResourceParam[SiteResources], lake: dg.ResourceParam[Lake]
) -> dg.AssetCheckResult:
    """Retail Pro has acknowledged every line that HotWax shipped more than `stuck_after_hours` ago."""
    rows = lake.rows("unacknowledged_shipments", date.fromisoformat(context.partition_key))
    name, hours = resources.site.name, resources.site.retail_pro.acknowledgements.stuck_after_hours
    orders = {row["order_id"] for row in rows}
    told = f"{len(orders) or 'no'} orders have lines shipped {hours:g} or more hours ago that are not acknowledged"
    oldest = (
        f"; the oldest is {rows[0]['order_id']}: retailsync query {name} 'FROM unacknowledged_shipments'"
        if rows
        else ""
    )
    return dg.AssetCheckResult(
        passed=not rows,
        severity=dg.AssetCheckSeverity.WARN,
        description=told + oldest,
        metadata={"orders": len(orders), "lines": len(rows), "units": sum(row["quantity"] for row in rows)},
    )


@dg.asset_check(asset="partial_shipment_variance")
def strict_and_documented_rules_agree(
    context: dg.AssetCheckExecutionContext, resources: dg.ResourceParam[SiteResources], lake: dg.ResourceParam[Lake]
) -> dg.AssetCheckResult:
    """The strict and the documented rule differ by at most `units_between_rules` units; otherwise an alert goes out."""
    on, site = date.fromisoformat(context.partition_key), resources.site
    with lake.get_connection() as duck:
        lake.attach(duck, on, "partial_shipment_variance")
        differing = "count(*) FILTER (WHERE strict_variance <> documented_variance) AS keys"
        units = "CAST(coalesce(sum(abs(strict_variance - documented_variance)), 0) AS BIGINT) AS units"
        found = fetch_dicts(duck.view("partial_shipment_variance").aggregate(f"{differing}, {units}"))[0]
    allowed = site.alerts.units_between_rules
    reason = (
        f"the strict and the documented rule differ by {found['units']} units at {found['keys']} SKU-locations,"
        f" the limit is {allowed}"
    )
    if found["units"] > allowed:
        look = f"retailsync query {site.name} \"FROM unacknowledged_shipments WHERE business_date = '{on}'\""
        send_alert(resources, on, Incident("the rules differ", "partial_shipment_variance", reason, look))
    return dg.AssetCheckResult(
        passed=found["units"] <= allowed,
        severity=dg.AssetCheckSeverity.WARN,
        description=reason,
        metadata=found,
    )
