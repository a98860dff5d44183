"""Asset checks about rows and files. A blocking one that fails keeps everything after it from running."""

from datetime import date

import dagster as dg

from retailsync_assets.assets.metadata import shown_rows
from retailsync_assets.resources.lake import Lake, answer
from retailsync_assets.resources.site import Workplace

LINES = ("header", "blank", "loaded", "quarantined")
SAMPLE_ROWS = 20


def _tonight(context: dg.AssetCheckExecutionContext) -> date:
    return date.fromisoformat(context.partition_key)


@dg.asset_check(asset="filtered_reset", blocking=True)
def no_breaker_holds_the_night(
    context: dg.AssetCheckExecutionContext, place: dg.ResourceParam[Workplace]
) -> dg.AssetCheckResult:
    """The night looks like the accepted ones before it, or a person has approved it."""
    on = _tonight(context)
    holds = place.ledger.standing(on).open_holds
    release = f"retailsync approve {place.site.name} --date {on} --reason TEXT"
    return dg.AssetCheckResult(
        passed=not holds,
        severity=dg.AssetCheckSeverity.ERROR,
        description=f"{'; '.join(hold.reason for hold in holds)}. To release: {release}"
        if holds
        else "nothing holds it",
        metadata={hold.cause: hold.reason for hold in holds},
    )


@dg.asset_check(asset="filtered_reset", blocking=True)
def every_line_is_accounted_for(
    context: dg.AssetCheckExecutionContext, lake: dg.ResourceParam[Lake]
) -> dg.AssetCheckResult:
    """Every line of the raw file is its header, blank, a record that was read, or in quarantine."""
    balances = lake.rows("line_balance", _tonight(context))
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
def every_row_in_scope_is_sound(
    context: dg.AssetCheckExecutionContext, place: dg.ResourceParam[Workplace], lake: dg.ResourceParam[Lake]
) -> dg.AssetCheckResult:
    """No line was beyond reading, no row of an active product at one of the site's stores had to be quarantined."""
    on = _tonight(context)
    counts = {row["rule"]: row["quarantined"] for row in lake.rows("rule_counts", on) if row["quarantined"]}
    rows = sum(counts.values())
    sample = shown_rows("quarantined_rows", lake.rows("quarantined_rows", on)[:SAMPLE_ROWS])
    return dg.AssetCheckResult(
        passed=not rows,
        severity=dg.AssetCheckSeverity.WARN,
        description=(
            f"{rows:,} rows quarantined: retailsync query {place.site.name} 'FROM quarantined_rows'"
            if rows
            else "every row in scope was read and kept"
        ),
        metadata={"rows": rows, **counts, "sample": sample},
    )


@dg.asset_check(asset="active_products")
def every_upca_names_one_product(
    context: dg.AssetCheckExecutionContext, place: dg.ResourceParam[Workplace], lake: dg.ResourceParam[Lake]
) -> dg.AssetCheckResult:
    """No two live products share a UPCA, leading zeros aside; those that do are not sent."""
    rows = lake.rows("ambiguous_products", _tonight(context))
    return dg.AssetCheckResult(
        passed=not rows,
        severity=dg.AssetCheckSeverity.WARN,
        description=(
            f"{len(rows):,} products not sent: retailsync query {place.site.name} 'FROM ambiguous_products'"
            if rows
            else "no two products share a UPCA"
        ),
        metadata={"products": len(rows)},
    )


@dg.asset_check(asset="applied_reset")
def hotwax_applied_every_row(
    context: dg.AssetCheckExecutionContext, place: dg.ResourceParam[Workplace], lake: dg.ResourceParam[Lake]
) -> dg.AssetCheckResult:
    """HotWax set every key it was sent; the variance leaves out those it did not."""
    rows = lake.rows("applied_reset", _tonight(context))
    failed = [row for row in rows if not row["applied"]]
    return dg.AssetCheckResult(
        passed=not failed,
        severity=dg.AssetCheckSeverity.WARN,
        description=(
            f"{len(failed):,} rows failed: retailsync query {place.site.name} 'FROM applied_reset WHERE NOT applied'"
            if failed
            else f"HotWax set all {len(rows):,} keys it was sent"
        ),
        metadata={"rows": len(failed)},
    )


@dg.asset_check(asset="applied_inventory")
def hotwax_has_what_it_should(
    context: dg.AssetCheckExecutionContext, place: dg.ResourceParam[Workplace], lake: dg.ResourceParam[Lake]
) -> dg.AssetCheckResult:
    """HotWax's on-hand, read back, is at every key the target and what moved since."""
    on = _tonight(context)
    with lake.get_connection() as duck:
        lake.show(duck, on, "applied_inventory")
        drift = duck.view("applied_inventory").filter("drift IS DISTINCT FROM 0 AND target_quantity IS NOT NULL")
        rows = answer(drift.aggregate("count(*) AS keys, CAST(coalesce(sum(abs(drift)), 0) AS BIGINT) AS units"))[0]
    return dg.AssetCheckResult(
        passed=not rows["keys"],
        severity=dg.AssetCheckSeverity.WARN,
        description=(
            f"{rows['keys']} keys drift by {rows['units']} units in all"
            if rows["keys"]
            else "HotWax has at every key what it should"
        ),
        metadata=rows,
    )
