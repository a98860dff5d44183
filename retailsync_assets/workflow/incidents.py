"""The failure no schedule can report: something that should be there by now and isn't. Pure; `now` is handed in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from retailsync_assets.config.jobs import FINAL_ASSET, JobName
from retailsync_assets.config.loader import Site
from retailsync_assets.config.wording import counted, plural
from retailsync_assets.errors import Kind, Remedy
from retailsync_assets.ledger.models import Delivery, DeliveryKind, DeliveryState, NightState
from retailsync_assets.workflow.decision import missed
from retailsync_assets.workflow.remedies import advice, command
from retailsync_assets.workflow.step import Blocked, Done, NextStep, RunJob, Wait

IDLE = timedelta(minutes=30)
STAGES = (
    "active_products",
    "raw_reset_file",
    "filtered_reset",
    "reset_delivery",
    "applied_reset",
    "variance_delivery",
    "applied_inventory",
)
"""As they are made; the preview of the variance holds nothing up."""
RESET_STAGES = ("raw_reset_file", "filtered_reset", "reset_delivery")
"""What the reset job makes of these; each other job makes its final asset."""


@dataclass(frozen=True)
class Incident:
    """A person should look: `cause` tells one alert from another, `stage` is the asset, `next_step` the command."""

    cause: str
    stage: str
    reason: str
    next_step: str


def find_incidents(
    site: Site,
    standing: NightState,
    next_up: NextStep,
    now: datetime,
    due_since: datetime | None = None,
    *,
    running: bool = False,
) -> Iterator[Incident]:
    """Everything a person should hear of for a business date: what stopped it, and what stays silent past its time.

    `next_up` is what the schedules may do next. `due_since` is the first poll at which the job that is due now was due,
    and has been at every poll since. While a run is under way, nothing is missed or idle yet.
    """
    on = standing.business_date
    match next_up:
        case Blocked(reasons, job):
            for reason in reasons:
                is_missed = reason.kind is Kind.MISSED
                if is_missed and running:
                    continue
                cause = f"failed: {job}" if job else f"{Kind.MISSED}: {missed(site)}" if is_missed else str(reason)
                yield Incident(cause, _stage(standing, job), str(reason), advice(site.name, on, reason))
        case RunJob(job) if not running and due_since is not None and now - due_since >= IDLE:
            reason = f"{job} has been due for {counted(round(IDLE.total_seconds() / 60), 'minute')}: is the daemon up?"
            yield Incident(f"idle: {job}", _stage(standing, job), reason, command(site.name, on, Remedy.RUN))
        case Wait() | RunJob() | Done():
            pass
    for file, reason in overdue_imports(site, standing, now):
        stage = "applied_reset" if file.kind is DeliveryKind.RESET else "applied_inventory"
        yield Incident(f"silent: {file.file_name}", stage, reason, command(site.name, on, Remedy.FIX_THEN_RUN))


def overdue_imports(site: Site, standing: NightState, now: datetime) -> list[tuple[Delivery, str]]:
    """The files that HotWax should have imported by now, each with what a person hears of it."""
    minutes = site.alerts.hotwax_silent_minutes
    late = f"yet, {minutes:g} {plural(minutes, 'minute')} after it was delivered"
    return [
        (file, f"HotWax has not imported {file.file_name} {late}")
        for file in standing.deliveries
        if file.state is DeliveryState.PUBLISHED
        and file.published_at is not None
        and now - file.published_at >= timedelta(minutes=minutes)
    ]


def _stage(standing: NightState, job: JobName | None = None) -> str:
    """The asset to look at: the first one that the night lacks, of all or of those that the job makes."""
    stages = STAGES if job is None else RESET_STAGES if job == "reset" else (FINAL_ASSET[job],)
    accepted = standing.snapshot is not None
    done = {asset for asset in standing.made if accepted or asset != "raw_reset_file"}
    return next((asset for asset in stages if asset not in done), stages[-1])
