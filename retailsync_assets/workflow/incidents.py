"""The failure no schedule can report: something that should be there by now and isn't. Pure; `now` is handed in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from retailsync_assets.config.jobs import JobName
from retailsync_assets.config.loader import Site
from retailsync_assets.ledger.models import DeliveryKind, DeliveryState, NightState
from retailsync_assets.workflow.decision import next_step
from retailsync_assets.workflow.step import Blocked, Done, RunJob, Wait

OUTSIDE = re.compile("sftp://|OMS database|the ledger|private key")
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
LONG_JOBS: dict[JobName, tuple[str, ...]] = {
    "reset": ("raw_reset_file", "filtered_reset", "reset_delivery"),
    "variance": ("variance_delivery",),
}
"""What a job makes of these stages; the others make the one they are named for."""


@dataclass(frozen=True)
class Incident:
    """A person should look: `cause` tells one alert from another, `stage` is the asset, `mend` the command."""

    cause: str
    stage: str
    reason: str
    mend: str


def find_incidents(
    site: Site,
    standing: NightState,
    now: datetime,
    due_since: datetime | None = None,
    *,
    running: bool = False,
    waited: str | None = None,
) -> Iterator[Incident]:
    """Everything a person should hear of in a night: what stopped it, and what stays silent past its time.

    `due_since` is the first look at which the job that is due now was due, and has been at every look since. While a
    run is under way, nothing is missed or idle yet. `waited` is what the schedules last waited for.
    """
    on = standing.business_date
    look = f"retailsync status {site.name} --date {on}"
    match next_step(site, standing, now, by_hand=False):
        case Blocked(reasons, job):
            for reason in reasons:
                missed = reason.startswith("missed:")
                if missed and running:
                    continue
                cause = f"failed: {job}" if job else reason  # each further failure has another number
                mend = remedy(site.name, on, reason)
                told = _told(reason, mend)
                told = f"{told}; it waited: {waited}" if missed and waited else told
                yield Incident(cause, _stage(standing, job), told, mend)
        case RunJob(job) if not running and due_since is not None and now - due_since >= IDLE:
            reason = f"{job} has been due for {IDLE.total_seconds() / 60:.0f} minutes: is the daemon up?"
            yield Incident(f"idle: {job}", _stage(standing, job), reason, f"retailsync run {site.name} --date {on}")
        case Wait() | RunJob() | Done():
            pass
    silent = timedelta(minutes=site.alerts.hotwax_silent_minutes)
    for file in standing.deliveries:
        if (
            file.state is DeliveryState.PUBLISHED
            and file.published_at is not None
            and now - file.published_at >= silent
        ):
            stage = "applied_reset" if file.kind is DeliveryKind.RESET else "applied_inventory"
            reason = (
                f"HotWax has not imported {file.file_name} {silent.total_seconds() / 60:.0f} minutes after it was given"
            )
            yield Incident(f"silent: {file.file_name}", stage, reason, look)


def _stage(standing: NightState, job: JobName | None = None) -> str:
    """The asset to look at: the first one that the night lacks, of all or of those that the job makes."""
    stages = STAGES if job is None else LONG_JOBS.get(job, (job,))
    accepted = standing.snapshot is not None
    done = {asset for asset in standing.made if accepted or asset != "raw_reset_file"}
    return next((asset for asset in stages if asset not in done), stages[-1])


def remedy(site: str, on: date | str, reason: str) -> str:
    """The command that takes a night on, for what holds or failed it; for what is outside, the one that tells more."""
    night = f"{site} --date {on}"
    if reason.startswith("held:"):
        return f"retailsync approve {night} --reason TEXT"
    if reason.startswith(("missed:", "failed:")):
        return f"retailsync run {night}"
    return f"retailsync doctor {site}" if OUTSIDE.search(reason) else f"retailsync status {night}"


def _told(reason: str, mend: str) -> str:
    """The reason without the command, which stands below it."""
    return reason.removesuffix(" tries again").removesuffix(f"; {mend}")
