"""Asset checks on rows: they warn and stop nothing; the watchdog tells what they find."""

from datetime import date
from typing import Any

import dagster as dg

from retailsync_assets.assets.checks.nightly_check import nightly_check
from retailsync_assets.assets.checks.warning import Found, WarningCheck
from retailsync_assets.assets.metadata import shown_rows
from retailsync_assets.config.loader import Site
from retailsync_assets.config.wording import counted
from retailsync_assets.resources.lake import Lake, fetch_dicts
from retailsync_assets.resources.site import SiteResources

SAMPLE_ROWS = 20


def find_invalid_rows(_: Site, lake: Lake, on: date) -> Found:
    """Quarantined rows by rule, and store codes worth a mention."""
    counts = {row["rule"]: row["quarantined"] for row in lake.rows("rule_counts", on) if row["quarantined"]}
    rows = sum(counts.values())
    sample = shown_rows("quarantined_rows", lake.rows("quarantined_rows", on)[:SAMPLE_ROWS])
    text = f"{counted(rows, 'row')} quarantined" if rows else "every row in scope is valid"
    return Found(
        text + _odd_stores(lake.rows("raw_stores", on)),
        "FROM quarantined_rows" if rows else None,
        {"rows": rows, **counts, "sample": sample},
    )


def _odd_stores(found: list[dict[str, Any]]) -> str:
    """The store codes worth a mention: each new one once, those in another case on every run."""
    new = [
        f"{row['store_code']} ({counted(row['rows'], 'row')})"
        for row in found
        if row["is_new"] and not row["facility_id"]
    ]
    other = [f"{row['store_code']} as {row['facility_id']}" for row in found if row["in_other_letters"]]
    told = (("new store codes, not of this site", new), ("store codes in another case, read as HotWax's", other))
    return "".join(f"; {what}: {', '.join(codes[:SAMPLE_ROWS])}" for what, codes in told if codes)


def find_ambiguous_products(_: Site, lake: Lake, on: date) -> Found:
    """Active products that share a UPCA."""
    rows = lake.rows("ambiguous_products", on)
    metadata = {"products": len(rows)}
    if not rows:
        return Found("no two products share a UPCA", None, metadata)
    return Found(f"{counted(len(rows), 'product')} not sent", "FROM ambiguous_products", metadata)


def find_failed_reset_rows(_: Site, lake: Lake, on: date) -> Found:
    """Rows of the reset that HotWax did not apply."""
    rows = lake.rows("applied_reset", on)
    failed = [row for row in rows if not row["applied"]]
    metadata = {"rows": len(failed)}
    if not failed:
        return Found(f"HotWax applied all {counted(len(rows), 'row')}", None, metadata)
    return Found(f"{counted(len(failed), 'row')} failed", "FROM applied_reset WHERE NOT applied", metadata)


def find_drift(_: Site, lake: Lake, on: date) -> Found:
    """SKU-locations whose on-hand quantity is not explained."""
    with lake.get_connection() as duck:
        lake.attach(duck, on, "applied_inventory")
        drift = duck.view("applied_inventory").filter("drift IS DISTINCT FROM 0 AND target_quantity IS NOT NULL")
        total = "count(*) AS keys, CAST(coalesce(sum(abs(drift)), 0) AS BIGINT) AS units"
        rows = fetch_dicts(drift.aggregate(total))[0]
    if not rows["keys"]:
        return Found("the on-hand quantity matches the target at every SKU-location", None, rows)
    keys = counted(rows["keys"], "SKU-location has", "SKU-locations have")
    text = f"{keys} an unexplained difference (drift) of {counted(rows['units'], 'unit')} in total"
    return Found(text, "FROM applied_inventory WHERE drift <> 0", rows)


@dg.asset_check(asset="filtered_reset")
@nightly_check()
def in_scope_rows_valid(
    context: dg.AssetCheckExecutionContext, resources: dg.ResourceParam[SiteResources], lake: dg.ResourceParam[Lake]
) -> dg.AssetCheckResult:
    """Every line is readable, and every row of an active product at one of the site's stores is valid."""
    on = date.fromisoformat(context.partition_key)
    return find_invalid_rows(resources.site, lake, on).result(resources.site.name)


@dg.asset_check(asset="active_products")
@nightly_check()
def upca_unique_among_active_products(
    context: dg.AssetCheckExecutionContext, resources: dg.ResourceParam[SiteResources], lake: dg.ResourceParam[Lake]
) -> dg.AssetCheckResult:
    """No two active products share a UPCA (leading zeros ignored); products that do are not sent."""
    on = date.fromisoformat(context.partition_key)
    return find_ambiguous_products(resources.site, lake, on).result(resources.site.name)


@dg.asset_check(asset="applied_reset")
@nightly_check()
def all_reset_rows_applied(
    context: dg.AssetCheckExecutionContext, resources: dg.ResourceParam[SiteResources], lake: dg.ResourceParam[Lake]
) -> dg.AssetCheckResult:
    """HotWax applied every row of the reset; the variance excludes the rows that failed."""
    on = date.fromisoformat(context.partition_key)
    return find_failed_reset_rows(resources.site, lake, on).result(resources.site.name)


@dg.asset_check(asset="applied_inventory")
@nightly_check()
def on_hand_matches_target(
    context: dg.AssetCheckExecutionContext, resources: dg.ResourceParam[SiteResources], lake: dg.ResourceParam[Lake]
) -> dg.AssetCheckResult:
    """HotWax's on-hand quantity is the target plus what moved since the reset, at every SKU-location."""
    on = date.fromisoformat(context.partition_key)
    return find_drift(resources.site, lake, on).result(resources.site.name)


WARNINGS = (
    WarningCheck("active_products", "upca_unique_among_active_products", find_ambiguous_products),
    WarningCheck("filtered_reset", "in_scope_rows_valid", find_invalid_rows),
    WarningCheck("applied_reset", "all_reset_rows_applied", find_failed_reset_rows),
    WarningCheck("applied_inventory", "on_hand_matches_target", find_drift),
)
