"""From a verdict to a run: asked by schedules and sensors alike, so that they can't disagree."""

from datetime import date, datetime, timedelta

import dagster as dg

from retailsync_assets.config.jobs import ENDS_WITH, Job
from retailsync_assets.delivery.import_evidence import look_for_evidence
from retailsync_assets.errors import Broken, NotNow, Refused
from retailsync_assets.orchestration.run_queue import NIGHT_TAG, SITE_TAG, live_runs
from retailsync_assets.raw_file.inbox import look_at_inbox
from retailsync_assets.reporting.alerts import notify
from retailsync_assets.resources.locks import bury, died
from retailsync_assets.resources.site import Workplace
from retailsync_assets.workflow.decision import verdict
from retailsync_assets.workflow.incidents import Missing
from retailsync_assets.workflow.step import Done, Run, Stopped, Wait

APART = timedelta(seconds=20)
FIRST = {"dagster/priority": "1"}
"""Before the dates of a backfill that wait in the queue."""


def request(
    instance: dg.DagsterInstance, place: Workplace, on: date, now: datetime, jobs: tuple[Job, ...]
) -> dg.RunRequest | dg.SkipReason:
    """A run of the job that is due in this night, if it is one of these; else the reason why not."""
    site = place.site
    live = [run for run in live_runs(instance, site.name, on) if not _buried(instance, place, on, run)]
    if live:
        return dg.SkipReason(f"run {live[0].run_id[:8]} of {site.name} is under way")
    try:
        if "reset" in jobs:
            _tell_of(place, on, look_at_inbox(place, on, APART))
        standing = look_for_evidence(place, on)
    except NotNow as outcome:
        if isinstance(outcome, (Refused, Broken)):  # it will not pass by itself
            stage = "raw_reset_file" if "reset" in jobs else jobs[0]
            notify(place, on, Missing(str(outcome), stage, str(outcome), f"retailsync doctor {site.name}"))
        return _waits(place, on, str(outcome))
    match verdict(site, standing, now, by_hand=False):
        case Run(job) if job in jobs:
            tags = {SITE_TAG: site.name, **FIRST}
            return dg.RunRequest(job_name=f"{site.name}_{job}", partition_key=on.isoformat(), tags=tags)
        case Run(job):
            return dg.SkipReason(f"{job} is due, not {' or '.join(jobs)}")
        case Wait(reason, until):
            return _waits(place, on, reason, "" if until is None else f", until {until:%Y-%m-%dT%H:%M:%SZ}")
        case Stopped(reasons):
            return dg.SkipReason("; ".join(reasons))
        case Done():
            return dg.SkipReason(f"the night of {on} is complete")


def _waits(place: Workplace, on: date, reason: str, until: str = "") -> dg.SkipReason:
    """Why nothing runs, entered for the morning: a night that is missed is told of with it."""
    try:
        place.ledger.note_wait(on, reason, place.now())
    except NotNow as outcome:
        return dg.SkipReason(f"{reason} (not entered: {outcome})")
    return dg.SkipReason(f"{reason}{until}")


def _buried(instance: dg.DagsterInstance, place: Workplace, on: date, run: dg.DagsterRun) -> bool:
    """A run whose process is gone is entered as failed, and told of: Dagster would wait for it until its time is up."""
    if run.status is not dg.DagsterRunStatus.STARTED or not died(place.home, run.run_id):
        return False
    name = place.site.name
    job = run.job_name.removeprefix(f"{name}_")
    line = f"run {run.run_id[:8]} ({job}) was killed, or its machine went down; the night goes on without it"
    instance.report_run_failed(run, line)
    bury(place.home, run.run_id)
    night = date.fromisoformat(run.tags.get(NIGHT_TAG, str(on)))
    picked = ", ".join(sorted(key.path[-1] for key in run.asset_selection or ()))
    stage = next((asset for each, asset in ENDS_WITH.items() if each == job), picked or job)
    notify(place, night, Missing(f"died: {run.run_id}", stage, line, f"retailsync status {name} --date {night}"))
    return True


def _tell_of(place: Workplace, on: date, hostile: list[str]) -> None:
    """Names that no export has and that do harm where they are trusted; here they are passed over."""
    if hostile:
        listed = ", ".join(ascii(name)[:100] for name in hostile[:5])
        reason = f"security: {len(hostile)} hostile names in {place.site.retail_pro.inbox}, passed over: {listed}"
        mend = "find out who put them there, and take them out"
        notify(place, on, Missing("security: hostile names", "raw_reset_file", reason, mend))
