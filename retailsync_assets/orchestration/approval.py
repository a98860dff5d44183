"""The job that approves a business date on hold in the Dagster UI, as `retailsync approve` does on a terminal."""

from collections.abc import Generator
from datetime import date
from typing import Any

import dagster as dg

from retailsync_assets.assets.checks.data_quality import told_of_holds
from retailsync_assets.assets.failures import as_dagster_failure
from retailsync_assets.errors import NotPossible
from retailsync_assets.ledger.journal import approver
from retailsync_assets.ledger.models import NightState
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.workflow.calendar import business_date

CONFIG = {
    "reason": dg.Field(str, description="Why the run may continue, such as: 20 SKU-locations checked."),
    "who": dg.Field(str, is_required=False, description="Who approves; by default the user that Dagster runs as."),
    "business_date": dg.Field(str, is_required=False, description="yyyy-MM-dd; by default the current business date."),
}
CHECKED, CHECK = "filtered_reset", "within_circuit_breaker_limits"


def approve_job(resources: SiteResources) -> dg.JobDefinition:
    """`SITE_approve_job`. It starts nothing: the schedules and sensors, or a person, continue the nightly run."""
    site = resources.site.name

    @dg.op(name=f"{site}_approve", out={}, config_schema=CONFIG)
    def approve(context: dg.OpExecutionContext) -> Generator[dg.AssetCheckEvaluation]:
        with as_dagster_failure():
            standing = _approved(resources, context.op_config)
            context.log.info(told_of_holds(site, standing))
            if CHECKED in standing.made:
                yield _passed(site, standing)

    def at_the_root(given: dict[str, Any]) -> dict[str, Any]:
        return {"ops": {f"{site}_approve": {"config": given}}}

    @dg.job(  # pyright: ignore[reportUnknownMemberType] - Dagster leaves os.PathLike open
        name=f"{site}_approve_job",
        config=dg.ConfigMapping(config_schema=CONFIG, config_fn=at_the_root),
        description=f"Approves every open hold of {site} for one business date, with the figures that it shows. Launch "
        "it with a reason and your name; both are kept in the audit log.",
    )
    def job() -> None:
        approve()

    return job


def _approved(resources: SiteResources, given: dict[str, Any]) -> NightState:
    """The business date after its approval; raises `NotPossible` if there is nothing to approve."""
    on = _date(given.get("business_date"), resources)
    if not given["reason"].strip():
        raise NotPossible("expected a reason, such as: 20 SKU-locations checked against Retail Pro")
    who = approver(given.get("who"))
    if not resources.ledger.approve(on, who, given["reason"].strip(), resources.now()):
        raise NotPossible(f"nothing is on hold for {on}; for another date, add business_date: yyyy-MM-dd")
    return resources.ledger.night_state(on)


def _date(given: str | None, resources: SiteResources) -> date:
    if not given:
        return business_date(resources.now(), resources.site)
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise NotPossible(f"business_date: expected a date such as 2026-11-21, got {given!r}") from None


def _passed(site: str, standing: NightState) -> dg.AssetCheckEvaluation:
    """The check that held the business date, evaluated anew."""
    return dg.AssetCheckEvaluation(
        asset_key=dg.AssetKey([site, CHECKED]),
        check_name=CHECK,
        passed=True,
        description=told_of_holds(site, standing),
        blocking=True,
        partition=standing.business_date.isoformat(),
    )
