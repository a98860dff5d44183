"""Blocking asset checks on rows and files: if one fails, nothing downstream runs."""

from datetime import date

import dagster as dg

from retailsync_assets.assets.checks.nightly_check import nightly_check
from retailsync_assets.config.wording import counted
from retailsync_assets.errors import Kind, Remedy
from retailsync_assets.ledger.models import NightState
from retailsync_assets.resources.lake import Lake
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.workflow.remedies import command

LINES = ("header", "blank", "loaded", "without_data", "quarantined")


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
            f"{counted(row['lines'], 'line')} = {' + '.join(f'{row[part]:,} {part}' for part in LINES)}"
            for row in balances
        ),
        metadata={part: row[part] for row in balances for part in ("lines", *LINES)},
    )
