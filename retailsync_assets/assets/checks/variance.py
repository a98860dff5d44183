"""Asset checks on the inputs of the variance: they warn and stop nothing."""

from datetime import date

import dagster as dg

from retailsync_assets.assets.checks.nightly_check import nightly_check
from retailsync_assets.resources.lake import Lake
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.variance.rules import rules_differ


@dg.asset_check(asset="unacknowledged_shipments")
@nightly_check()
def no_shipment_unacknowledged_too_long(
    context: dg.AssetCheckExecutionContext, resources: dg.ResourceParam[SiteResources], lake: dg.ResourceParam[Lake]
) -> dg.AssetCheckResult:
    """Retail Pro has acknowledged every line that HotWax shipped longer ago than the site allows."""
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
@nightly_check()
def strict_and_documented_rules_agree(
    context: dg.AssetCheckExecutionContext, resources: dg.ResourceParam[SiteResources], lake: dg.ResourceParam[Lake]
) -> dg.AssetCheckResult:
    """The strict and the documented rule differ by no more units than the site allows; beyond, the watchdog alerts."""
    on = date.fromisoformat(context.partition_key)
    found = rules_differ(lake, on, resources.site.alerts.units_between_rules)
    return dg.AssetCheckResult(
        passed=not found.too_much,
        severity=dg.AssetCheckSeverity.WARN,
        description=str(found),
        metadata={"keys": found.keys, "units": found.units},
    )
