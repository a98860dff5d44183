"""Blocking asset checks on rows and files: if one fails, nothing downstream runs."""

from datetime import date

import dagster as dg

from retailsync_assets.config.wording import counted
from retailsync_assets.resources.lake import Lake
from retailsync_assets.resources.site import SiteResources

LINES = ("header", "blank", "loaded", "without_data", "quarantined")


def _date(context: dg.AssetCheckExecutionContext) -> date:
    return date.fromisoformat(context.partition_key)


@dg.asset_check(asset="filtered_reset", blocking=True)
def within_circuit_breaker_limits(
    context: dg.AssetCheckExecutionContext, resources: dg.ResourceParam[SiteResources]
) -> dg.AssetCheckResult:
    """The figures are within the circuit breaker limits of the accepted business dates, or a person approved them."""
    on = _date(context)
    holds = resources.ledger.night_state(on).open_holds
    step = f"retailsync approve {resources.site.name} --date {on} --reason TEXT"
    return dg.AssetCheckResult(
        passed=not holds,
        severity=dg.AssetCheckSeverity.ERROR,
        description=f"{'; '.join(hold.reason for hold in holds)}. Next step: {step}"
        if holds
        else "no circuit breaker tripped",
        metadata={hold.cause: hold.reason for hold in holds},
    )


@dg.asset_check(asset="filtered_reset", blocking=True)
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
            f"{counted(row['lines'], 'line')} = {' + '.join(f'{row[part]:,} {part}' for part in LINES)}"
            for row in balances
        ),
        metadata={part: row[part] for row in balances for part in ("lines", *LINES)},
    )
