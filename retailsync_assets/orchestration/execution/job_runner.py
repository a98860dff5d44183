"""The runs of a command, in its own process: the same jobs, and the same Dagster instance, as the web page's."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import dagster as dg

from retailsync_assets.assets.failures import line_of
from retailsync_assets.config.jobs import Job
from retailsync_assets.orchestration.instance.dagster_home import instance
from retailsync_assets.orchestration.run_queue import BY_HAND_TAG, SITE_TAG
from retailsync_assets.orchestration.site_definitions import site_definitions
from retailsync_assets.resources.site import Workplace


@dataclass(frozen=True)
class Step:
    """One asset that a run made: seconds it took, and the metadata it shows in the page."""

    asset: str
    seconds: float
    metadata: dict[str, Any]


class JobRuns:
    """Runs jobs of one site for one night; tells `hear` of each asset that was made."""

    def __init__(self, place: Workplace, on: date, dagster: dg.DagsterInstance, hear: Callable[[Step], None]) -> None:
        self._site, self._on, self._dagster, self._hear = place.site.name, on, dagster, hear
        self._definitions = site_definitions(place.site, place)

    def run(self, job: Job) -> str | None:
        """Run one job in this process; answers its failure in one line, or None."""
        result = self._definitions.resolve_job_def(f"{self._site}_{job}").execute_in_process(
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
        for event in result.get_asset_materialization_events():
            materialization = event.step_materialization_data.materialization
            metadata = {key: value.value for key, value in materialization.metadata.items()}
            self._hear(Step(materialization.asset_key.path[-1], seconds.get(event.step_key, 0.0), metadata))
        return None if result.success else line_of(result.all_events, result.run_id)


@contextmanager
def job_runs(place: Workplace, on: date, hear: Callable[[Step], None]) -> Generator[JobRuns]:
    """Jobs can be run within this block."""
    with instance(place) as dagster:
        yield JobRuns(place, on, dagster, hear)
