"""Takes a business date as far as it can go now: observe, decide, act, and again."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from typing import TYPE_CHECKING

from retailsync_assets.delivery.manifests import check_manifests
from retailsync_assets.errors import Kind, Reason, Refused, Remedy, RetailSyncError, Waiting
from retailsync_assets.ledger.models import MANIFESTS, OBSERVATION, NightState
from retailsync_assets.orchestration.observation import observe, record_failure, recording
from retailsync_assets.raw_file.inbox import InboxWatcher
from retailsync_assets.resources.locks import site_lock
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.workflow.calendar import business_date
from retailsync_assets.workflow.decision import next_step
from retailsync_assets.workflow.status import NightStatus, night_status
from retailsync_assets.workflow.step import Done, NextStep, RunJob

if TYPE_CHECKING:
    from retailsync_assets.orchestration.execution.job_runner import AssetRun, JobRunner


def run_night(resources: SiteResources, on: date, who: str, hear: "Callable[[AssetRun], None]") -> NightStatus:
    """Run every job that is due; answers how the night stands when nothing more can run. Tells `hear` of each asset."""
    instead: Reason | None = None
    try:
        check_partition_exists(resources, on)
        with site_lock(resources.home, resources.site.name, who), ExitStack() as opened:
            _check_manifests(resources, on)
            runs: JobRunner | None = None
            last: RunJob | None = None
            inbox, patient = InboxWatcher(resources, on), True
            while True:
                with recording(resources, on, OBSERVATION):
                    standing, _ = observe(resources, on, inbox.look)
                due = _due(resources, standing)
                if not isinstance(due, RunJob):
                    if patient and inbox.is_restless():
                        patient = False
                        continue
                    break
                with recording(resources, on, due.job):
                    runs = runs or _runs(resources, on, hear, opened)
                failure = _endless(due) if due == last else runs.run(due.job)
                if failure is not None:
                    instead = failure if record_failure(resources, on, due.job, failure) is None else None
                    break
                last = due
    except RetailSyncError as outcome:
        instead = outcome.reason
    standing = resources.ledger.night_state(on)
    known = {each.reason for each in standing.attempts.values()}
    return night_status(resources.site, standing, resources.now(), None if instead in known else instead)


def _check_manifests(resources: SiteResources, on: date) -> None:
    with recording(resources, on, MANIFESTS):
        check_manifests(resources.home, resources.ledger)
    if MANIFESTS in resources.ledger.night_state(on).attempts:
        resources.ledger.end_attempts(on, MANIFESTS, resources.now())


def _due(resources: SiteResources, standing: NightState) -> NextStep:
    """The next step; a nightly report that failed is made again, though HotWax is done."""
    due = next_step(resources.site, standing, resources.now(), by_hand=True)
    return RunJob("reconciliation") if due == Done() and "reconciliation" in standing.attempts else due


def _endless(due: RunJob) -> Reason:
    return Reason(Kind.ERROR, f"{due.job} ran and is due again", Remedy.DOCTOR)


def _runs(resources: SiteResources, on: date, hear: "Callable[[AssetRun], None]", opened: ExitStack) -> "JobRunner":
    """Importing Dagster takes a second: the first look at the inbox comes before it, and the second look after it."""
    from retailsync_assets.orchestration.execution.job_runner import job_runner

    return opened.enter_context(job_runner(resources, on, hear))


def check_partition_exists(resources: SiteResources, on: date) -> None:
    """Refuses a business date before the first that is configured; waits for one that has not begun."""
    first = resources.site.schedule.first_night
    if first is not None and on < date.fromisoformat(first):
        raise Refused(
            f"{on} is before the first business date of {resources.site.name}, {first} (schedule.first_night)"
        )
    if on > business_date(resources.now(), resources.site):
        raise Waiting(f"business date {on} has not begun")
