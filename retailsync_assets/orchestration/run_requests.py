"""From the next step to a run: asked by schedules and sensors alike, so that they can't disagree."""

from datetime import date, datetime, timedelta
from functools import partial

import dagster as dg

from retailsync_assets.config.jobs import FINAL_ASSET, JobName, dagster_job, job_of
from retailsync_assets.errors import Reason, Refused, Remedy, RetailSyncError, SetupError
from retailsync_assets.ledger.models import OBSERVATION
from retailsync_assets.orchestration.observation import observe
from retailsync_assets.orchestration.run_queue import NIGHT_TAG, SITE_TAG, live_runs
from retailsync_assets.raw_file.inbox import scan_inbox
from retailsync_assets.reporting.alerts import send_alert
from retailsync_assets.resources.locks import clear, is_dead
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.workflow.decision import next_step
from retailsync_assets.workflow.incidents import Incident
from retailsync_assets.workflow.remedies import advice, command
from retailsync_assets.workflow.step import Blocked, Done, RunJob, Wait

APART = timedelta(seconds=20)
FIRST = {"dagster/priority": "1"}
"""Before the dates of a backfill that wait in the queue."""


def run_request(
    instance: dg.DagsterInstance, resources: SiteResources, on: date, now: datetime, jobs: tuple[JobName, ...]
) -> dg.RunRequest | dg.SkipReason:
    """A run of the job that is due for this business date, if it is one of these; otherwise a skip with its reason."""
    site = resources.site
    live = [run for run in live_runs(instance, site.name, on) if not _reap(instance, resources, on, run)]
    if live:
        return dg.SkipReason(f"run {live[0].run_id[:8]} of {site.name} is in progress")
    try:
        scan = partial(scan_inbox, resources, on, APART) if "reset" in jobs else None
        standing, hostile = observe(resources, on, scan)
        _tell_of(resources, on, hostile)
    except RetailSyncError as outcome:
        if isinstance(outcome, (Refused, SetupError)):  # it will not pass by itself
            stage = "raw_reset_file" if "reset" in jobs else FINAL_ASSET[jobs[0]]
            step = advice(site.name, on, outcome.reason)
            send_alert(resources, on, Incident(str(outcome), stage, str(outcome), step))
        return _blocked(resources, on, outcome.reason)
    match next_step(site, standing, now, by_hand=False):
        case RunJob(job) if job in jobs:
            tags = {SITE_TAG: site.name, **FIRST}
            return dg.RunRequest(job_name=dagster_job(site.name, job), partition_key=on.isoformat(), tags=tags)
        case RunJob(job):
            return dg.SkipReason(f"next: {job}, not {' or '.join(jobs)}")
        case Wait(reason, until):
            return dg.SkipReason(reason if until is None else f"{reason}, until {until:%Y-%m-%dT%H:%M:%SZ}")
        case Blocked(reasons):
            return dg.SkipReason("; ".join(map(str, reasons)))
        case Done():
            return dg.SkipReason(f"the nightly run for {on} is complete")


def _blocked(resources: SiteResources, on: date, reason: Reason) -> dg.SkipReason:
    """A skip with its reason, recorded in the ledger: status and the alert for a missed business date name it."""
    try:
        resources.ledger.record_attempt(on, OBSERVATION, reason, resources.now())
    except RetailSyncError as outcome:
        return dg.SkipReason(f"{reason} (not recorded: {outcome})")
    return dg.SkipReason(str(reason))


def _reap(instance: dg.DagsterInstance, resources: SiteResources, on: date, run: dg.DagsterRun) -> bool:
    """Mark a run whose process is gone as failed and send an alert: Dagster would wait for it until it times out."""
    if run.status is not dg.DagsterRunStatus.STARTED or not is_dead(resources.home, run.run_id):
        return False
    name = resources.site.name
    job = job_of(name, run.job_name)
    named = f"run {run.run_id[:8]} ({job or run.job_name})"
    line = f"{named} was killed, or its machine went down; the nightly run continues without it"
    instance.report_run_failed(run, line)
    clear(resources.home, run.run_id)
    night = date.fromisoformat(run.tags.get(NIGHT_TAG, str(on)))
    picked = ", ".join(sorted(key.path[-1] for key in run.asset_selection or ()))
    stage = FINAL_ASSET[job] if job else picked or run.job_name
    send_alert(resources, night, Incident(f"died: {run.run_id}", stage, line, command(name, night, Remedy.RUN)))
    return True


def _tell_of(resources: SiteResources, on: date, hostile: list[str]) -> None:
    """File names that no export has and that are harmful where they are trusted; they are ignored."""
    if hostile:
        listed = ", ".join(ascii(name)[:100] for name in hostile[:5])
        reason = (
            f"security: {len(hostile)} hostile file names in {resources.site.retail_pro.inbox} were ignored: {listed}"
        )
        step = "find out who uploaded them, and delete them"
        send_alert(resources, on, Incident("security: hostile names", "raw_reset_file", reason, step))
