"""The run queue: one run at a time for each site, whoever starts it."""

from datetime import date

import dagster as dg

SITE_TAG = "retailsync/site"
BY_HAND_TAG = "retailsync/by_hand"
NIGHT_TAG = "dagster/partition"
LIVE = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]


def sites_of(run: dg.DagsterRun) -> set[str]:
    """The sites of a run, by what it makes or checks, else by its tag: what the Dagster UI starts has none."""
    keys = [*(run.asset_selection or ()), *(check.asset_key for check in run.asset_check_selection or ())]
    return {key.path[0] for key in keys} or {site for tag, site in run.tags.items() if tag == SITE_TAG}


def live_runs(instance: dg.DagsterInstance, site: str, on: date) -> list[dg.DagsterRun]:
    """Every run that blocks another run of the site: in progress, or queued for the same business date."""
    return [
        run
        for run in instance.get_runs(dg.RunsFilter(statuses=LIVE))
        if site in sites_of(run)
        and (run.status is not dg.DagsterRunStatus.QUEUED or run.tags.get(NIGHT_TAG, str(on)) == str(on))
    ]


class SiteRunQueue(dg.QueuedRunCoordinator):
    """Dagster's queue, named in dagster.yaml: it tags what the page starts, so that the limits by site count it."""

    def submit_run(self, context: dg.SubmitRunContext) -> dg.DagsterRun:
        run = context.dagster_run
        sites = sites_of(run)
        if SITE_TAG not in run.tags and len(sites) == 1:
            self._instance.add_run_tags(run.run_id, {SITE_TAG: sites.pop()})
        return super().submit_run(context)
