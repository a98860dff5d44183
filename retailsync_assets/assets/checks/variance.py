"""Asset checks on the inputs of the variance: they warn and stop nothing; the watchdog tells what they find."""

from datetime import date

import dagster as dg

from retailsync_assets.assets.checks.nightly_check import nightly_check
from retailsync_assets.assets.checks.warning import Found, WarningCheck
from retailsync_assets.config.loader import Site
from retailsync_assets.config.wording import counted
from retailsync_assets.resources.lake import Lake
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.variance.rules import rules_differ


def find_unacknowledged(site: Site, lake: Lake, on: date) -> Found:
    """Lines that Retail Pro should have acknowledged by now."""
    rows = lake.rows("unacknowledged_shipments", on)
    hours = site.retail_pro.acknowledgements.stuck_after_hours
    orders = {row["order_id"] for row in rows}
    stuck = counted(len(orders), "order has lines", "orders have lines") if orders else "no order has lines"
    told = f"{stuck} shipped {hours:g} or more hours ago that are not acknowledged"
    metadata = {"orders": len(orders), "lines": len(rows), "units": sum(row["quantity"] for row in rows)}
    if not rows:
        return Found(told, None, metadata)
    return Found(f"{told}; the oldest is {rows[0]['order_id']}", "FROM unacknowledged_shipments", metadata)


def find_rules_that_differ(site: Site, lake: Lake, on: date) -> Found:
    """Units by which the two rules differ, where they are more than the site allows."""
    found = rules_differ(lake, on, site.alerts.units_between_rules)
    look = "FROM unacknowledged_shipments" if found.too_much else None
    return Found(str(found), look, {"keys": found.keys, "units": found.units})


@dg.asset_check(asset="unacknowledged_shipments")
@nightly_check()
def no_shipment_unacknowledged_too_long(
    context: dg.AssetCheckExecutionContext, resources: dg.ResourceParam[SiteResources], lake: dg.ResourceParam[Lake]
) -> dg.AssetCheckResult:
    """Retail Pro has acknowledged every line that HotWax shipped longer ago than the site allows."""
    on = date.fromisoformat(context.partition_key)
    return find_unacknowledged(resources.site, lake, on).result(resources.site.name)


@dg.asset_check(asset="partial_shipment_variance")
@nightly_check()
def strict_and_documented_rules_agree(
    context: dg.AssetCheckExecutionContext, resources: dg.ResourceParam[SiteResources], lake: dg.ResourceParam[Lake]
) -> dg.AssetCheckResult:
    """The strict and the documented rule differ by no more units than the site allows; beyond, the watchdog alerts."""
    on = date.fromisoformat(context.partition_key)
    return find_rules_that_differ(resources.site, lake, on).result(resources.site.name)


WARNINGS = (
    WarningCheck("partial_shipment_variance", "strict_and_documented_rules_agree", find_rules_that_differ),
    WarningCheck("unacknowledged_shipments", "no_shipment_unacknowledged_too_long", find_unacknowledged),
)
