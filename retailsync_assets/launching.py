"""From a verdict to a run: asked by schedules and sensors alike, so that they can't disagree."""

from datetime import date, datetime, timedelta

import dagster as dg

from retailsync_assets.lookout import look_at_inbox, look_for_evidence
from retailsync_assets.night import verdict
from retailsync_assets.notifier import notify
from retailsync_assets.outcomes import Broken, NotNow, Refused
from retailsync_assets.silence import Missing
from retailsync_assets.verdicts import Done, Job, Run, Stopped, Wait
from retailsync_assets.workplace import Workplace

SITE_TAG = "retailsync/site"
BY_HAND_TAG = "retailsync/by_hand"
APART = timedelta(seconds=20)
LIVE = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]


def request(
    instance: dg.DagsterInstance, place: Workplace, on: date, now: datetime, jobs: tuple[Job, ...]
) -> dg.RunRequest | dg.SkipReason:
    """A run of the job that is due in this night, if it is one of these; else the reason why not."""
    site = place.site
    live = instance.get_runs(dg.RunsFilter(tags={SITE_TAG: site.name}, statuses=LIVE), limit=1)
    if live:
        return dg.SkipReason(f"run {live[0].run_id[:8]} of {site.name} is under way")
    try:
        if "reset" in jobs:
            look_at_inbox(place, on, APART)
        standing = look_for_evidence(place, on)
    except NotNow as outcome:
        if isinstance(outcome, (Refused, Broken)):  # it will not pass by itself
            stage = "raw_reset_file" if "reset" in jobs else jobs[0]
            notify(place, on, Missing(str(outcome), stage, str(outcome), f"retailsync doctor {site.name}"))
        return dg.SkipReason(str(outcome))
    match verdict(site, standing, now, by_hand=False):
        case Run(job) if job in jobs:
            return dg.RunRequest(
                job_name=f"{site.name}_{job}", partition_key=on.isoformat(), tags={SITE_TAG: site.name}
            )
        case Run(job):
            return dg.SkipReason(f"{job} is due, not {' or '.join(jobs)}")
        case Wait(reason, until):
            return dg.SkipReason(reason if until is None else f"{reason}, until {until:%Y-%m-%dT%H:%M:%SZ}")
        case Stopped(reasons):
            return dg.SkipReason("; ".join(reasons))
        case Done():
            return dg.SkipReason(f"the night of {on} is complete")
