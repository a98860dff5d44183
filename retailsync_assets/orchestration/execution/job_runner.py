"""Runs jobs in the process of a command, with the same jobs and Dagster instance as the Dagster UI."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import dagster as dg

from retailsync_assets.assets.failures import stop_reason
from retailsync_assets.config.jobs import JobName, dagster_job
from retailsync_assets.errors import Reason
from retailsync_assets.orchestration.instance.dagster_home import instance
from retailsync_assets.orchestration.jobs import JOBS
from retailsync_assets.orchestration.run_queue import BY_HAND_TAG, SITE_TAG
from retailsync_assets.orchestration.site_definitions import site_definitions
from retailsync_assets.resources.site import SiteResources

MADE_AGAIN = frozenset(JOBS["reset"]) & frozenset(JOBS["variance"])
"""What the reset job makes as a preview, and the variance job once HotWax has applied the reset."""


@dataclass(frozen=True)
class AssetRun:
    """One asset that a run made: seconds it took, and the metadata it shows in the Dagster UI.

    `edition` is "preview" or "final" for an asset of the reset job that the variance job makes again, otherwise "".
    """

    asset: str
    seconds: float
    metadata: dict[str, Any]
    edition: str = ""


class JobRunner:
    """Runs jobs of one site for one business date; calls `hear` for each materialized asset."""

    def __init__(
        self, resources: SiteResources, on: date, dagster: dg.DagsterInstance, hear: Callable[[AssetRun], None]
    ) -> None:
        self._site, self._on, self._dagster, self._hear = resources.site.name, on, dagster, hear
        self._definitions = site_definitions(resources.site, resources, first=on)

    def run(self, job: JobName) -> Reason | None:
        """Run one job in this process; answers why it failed or waits, or None."""
        result = self._definitions.resolve_job_def(dagster_job(self._site, job)).execute_in_process(
            instance=self._dagster,
            partition_key=self._on.isoformat(),
            tags={SITE_TAG: self._site, BY_HAND_TAG: "true"},
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
            raise_on_error=False,
        )
        seconds = {
            event.step_key: event.step_success_data.duration_ms / 1000
            for event in result.all_events
            if event.event_type == dg.DagsterEventType.STEP_SUCCESS
        }
        made = [
            (event.step_key, event.step_materialization_data.materialization)
            for event in result.get_asset_materialization_events()
        ]
        metadata = {
            each.asset_key.path[-1]: {name: value.value for name, value in each.metadata.items()} for _, each in made
        }
        exact = metadata.get("partial_shipment_variance", {}).get("exact")
        for step, each in made:
            asset = each.asset_key.path[-1]
            edition = ("final" if exact else "preview") if asset in MADE_AGAIN else ""
            self._hear(AssetRun(asset, seconds.get(step, 0.0), metadata[asset], edition))
        return stop_reason(result.all_events, result.run_id, failed=not result.success)


@contextmanager
def job_runner(resources: SiteResources, on: date, hear: Callable[[AssetRun], None]) -> Generator[JobRunner]:
    """Jobs can be run within this block."""
    with instance(resources) as dagster:
        yield JobRunner(resources, on, dagster, hear)
