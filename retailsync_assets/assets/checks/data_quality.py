"""Asset checks on rows and files. If a blocking check fails, nothing downstream runs."""

from datetime import date
from typing import Any

import dagster as dg

from retailsync_assets.assets.checks.nightly_check import nightly_check
from retailsync_assets.assets.metadata import shown_rows
from retailsync_assets.errors import Kind, Remedy
from retailsync_assets.ledger.models import NightState
from retailsync_assets.resources.lake import Lake, fetch_dicts
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.workflow.remedies import command

LINES = ("header", "blank", "loaded", "without_data", "quarantined")
SAMPLE_ROWS = 20


def _date(context: dg.AssetCheckExecutionContext) -> date:
    return date.fromisoformat(context.partition_key)


@dg.asset_check(asset="filtered_reset", blocking=True)
@nightly_check(Kind.HELD, Remedy.APPROVE)
def within_circuit_breaker_limits(
    context: dg.AssetCheckExecutionContext, resources: dg.ResourceParam[SiteResources]
) -> dg.AssetCheckResult:
    """The figures are within the circuit breaker limits of the accepted business dates, or a person approved them."""
    standing = resources.ledger.night_state(_date(context))
    return dg.AssetCheckResult(
        passed=not standing.open_holds,
        severity=dg.AssetCheckSeverity.ERROR,
        description=told_of_holds(resources.site.name, standing),
        metadata={hold.cause: hold.reason for hold in standing.holds},
    )


def told_of_holds(site: str, standing: NightState) -> str:
    """What the check on the circuit breakers says: the open holds with the way on, else who approved which figures."""
    if standing.open_holds:
        reasons = "; ".join(hold.reason for hold in standing.open_holds)
        step = command(site, standing.business_date, Remedy.APPROVE)
        return f"{reasons}. Next step: {step}, or the job {site}_approve_job"
    approvals = (f"{hold.reason}: approved by {hold.approved_by}, {hold.approval}" for hold in standing.holds)
    return "; ".join(approvals) or "no circuit breaker tripped"


@dg.asset_check(asset="filtered_reset", blocking=True)
@nightly_check()
def every_line_accounted_for(
    context: dg.AssetCheckExecutionContext, lake: dg.ResourceParam[Lake]
) -> dg.AssetCheckResult:
    """Every line of the raw file is the header, blank, a loaded record, a row without data, or quarantined."""
    balances = lake.rows("line_balance", _date(context))
    off = [row for row in balances if row["lines"] != sum(row[part] for part in LINES)]
    return dg.AssetCheckResult(
        passed=bool(balances) and not off,
        severity=dg.AssetCheckSeverity.ERROR,
        description="; ".join(
            f"{row['lines']:,} lines = {' + '.join(f'{row[part]:,} {part}' for part in LINES)}" for row in balances
        ),
        metadata={part: row[part] for row in balances for part in ("lines", *LINES)},
    )


@dg.asset_check(asset="filtered_reset")
@nightly_check()
def in_scope_rows_valid(
    context: dg.AssetCheckExecutionContext, resources: dg.ResourceParam[SiteResources], lake: dg.ResourceParam[Lake]
) -> dg.AssetCheckResult:
    """Every line is readable, and every row of an active product at one of the site's stores is valid."""
    on = _date(context)
    counts = {row["rule"]: row["quarantined"] for row in lake.rows("rule_counts", on) if row["quarantined"]}
    rows = sum(counts.values())
    sample = shown_rows("quarantined_rows", lake.rows("quarantined_rows", on)[:SAMPLE_ROWS])
    return dg.AssetCheckResult(
        passed=not rows,
        severity=dg.AssetCheckSeverity.WARN,
        description=(
            f"{rows:,} rows quarantined: retailsync query {resources.site.name} 'FROM quarantined_rows'"
            if rows
            else "every row in scope is valid"
        )
        + _odd_stores(lake.rows("raw_stores", on)),
        metadata={"rows": rows, **counts, "sample": sample},
    )


def _odd_stores(found: list[dict[str, Any]]) -> str:
    """The store codes worth a mention: each new one once, those in another case on every run."""
    new = [f"{row['store_code']} ({row['rows']:,} rows)" for row in found if row["is_new"] and not row["facility_id"]]
    other = [f"{row['store_code']} as {row['facility_id']}" for row in found if row["in_other_letters"]]
    told = (("new store codes, not of this site", new), ("store codes in another case, read as HotWax's", other))
    return "".join(f"; {what}: {', '.join(codes[:SAMPLE_ROWS])}" for what, codes in told if codes)


@dg.asset_check(asset="active_products")
@nightly_check()
def upca_unique_among_active_products(
    context: dg.AssetCheckExecutionContext, resources: dg.ResourceParam[SiteResources], lake: dg.ResourceParam[Lake]
) -> dg.AssetCheckResult:
    """No two active products share a UPCA (leading zeros ignored); products that do are not sent."""
    rows = lake.rows("ambiguous_products", _date(context))
    return dg.AssetCheckResult(
        passed=not rows,
        severity=dg.AssetCheckSeverity.WARN,
        description=(
            f"{len(rows):,} products not sent: retailsync query {resources.site.name} 'FROM ambiguous_products'"
            if rows
            else "no two products share a UPCA"
        ),
        metadata={"products": len(rows)},
    )


@dg.asset_check(asset="applied_reset")
@nightly_check()
def all_reset_rows_applied(
    context: dg.AssetCheckExecutionContext, resources: dg.ResourceParam[SiteResources], lake: dg.ResourceParam[Lake]
) -> dg.AssetCheckResult:
    """HotWax applied every row of the reset; the variance excludes the rows that failed."""
    rows = lake.rows("applied_reset", _date(context))
    failed = [row for row in rows if not row["applied"]]
    return dg.AssetCheckResult(
        passed=not failed,
        severity=dg.AssetCheckSeverity.WARN,
        description=(
            f"{len(failed):,} rows failed:"
            f" retailsync query {resources.site.name} 'FROM applied_reset WHERE NOT applied'"
            if failed
            else f"HotWax applied all {len(rows):,} rows"
        ),
        metadata={"rows": len(failed)},
    )


@dg.asset_check(asset="applied_inventory")
@nightly_check()
def on_hand_matches_target(
    context: dg.AssetCheckExecutionContext, resources: dg.ResourceParam[SiteResources], lake: dg.ResourceParam[Lake]
) -> dg.AssetCheckResult:
    """HotWax's on-hand quantity is the target plus what moved since the reset, at every SKU-location."""
    on = _date(context)
    with lake.get_connection() as duck:
        lake.attach(duck, on, "applied_inventory")
        drift = duck.view("applied_inventory").filter("drift IS DISTINCT FROM 0 AND target_quantity IS NOT NULL")
        rows = fetch_dicts(drift.aggregate("count(*) AS keys, CAST(coalesce(sum(abs(drift)), 0) AS BIGINT) AS units"))[
            0
        ]
    return dg.AssetCheckResult(
        passed=not rows["keys"],
        severity=dg.AssetCheckSeverity.WARN,
        description=(
            f"{rows['keys']} SKU-locations have an unexplained difference (drift) of {rows['units']} units in total"
            if rows["keys"]
            else "the on-hand quantity matches the target at every SKU-location"
        ),
        metadata=rows,
    )
