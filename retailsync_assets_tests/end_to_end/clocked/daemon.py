"""Dagster's daemon on a clock that is set by hand: ticks, looks, and runs what was asked for, in this process."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import dagster as dg
from dagster._utils.schedules import schedule_execution_time_iterator

from retailsync_assets.assets.failures import stop_reason
from retailsync_assets.config.jobs import job_of
from retailsync_assets.orchestration.site_definitions import site_definitions
from retailsync_assets_tests.end_to_end.nights.world import World

LONG_AGO = date(2025, 1, 1)
"""Before every business date that somebody clicks on."""
QUIETLY = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


@dataclass(frozen=True)
class Ran:
    """One run: when, what, and the one line it failed with."""

    at: datetime
    job: str
    failure: str | None


class Tick(dg.ScheduleEvaluationContext):
    """What a schedule is handed; Dagster's own would open the instance anew for each."""

    def __init__(self, instance: dg.DagsterInstance, at: datetime, repository: dg.RepositoryDefinition) -> None:
        super().__init__(None, at, repository_def=repository)
        self.own = instance

    @property
    def instance(self) -> dg.DagsterInstance:
        return self.own


class Daemon:
    """The schedules and sensors of a world's site, as the page shows them and the daemon would drive them."""

    def __init__(self, world: World, instance: dg.DagsterInstance) -> None:
        self.world, self.instance = world, instance
        self.repository = site_definitions(world.resources.site, world.resources, first=LONG_AGO).get_repository_def()
        self.cursors: dict[str, str | None] = {}
        self.runs: list[Ran] = []
        self.said: list[tuple[datetime, str, str]] = []

    def ticks(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, dg.ScheduleDefinition]]:
        """Every tick of every schedule from `start` on and before `end`, as Dagster reads their cron lines."""
        for schedule in self.repository.schedule_defs:
            zone = schedule.execution_timezone
            for tick in schedule_execution_time_iterator(start.timestamp(), schedule.cron_schedule, zone):
                if tick >= end:
                    break
                yield (
                    tick.astimezone(UTC),
                    schedule,
                )  # two times of one zone compare by their clocks, whatever their hour

    def tick(self, schedule: dg.ScheduleDefinition) -> bool:
        """One tick, now; answers whether anything ran."""
        found = schedule.evaluate_tick(Tick(self.instance, self.world.clock.now(), self.repository))
        return self._carry_out(schedule.name, found.run_requests, found.skip_message)

    def look(self) -> bool:
        """One look of every sensor, now; answers whether anything ran."""
        ran = [self._look(sensor) for sensor in self.repository.sensor_defs]
        return any(ran)

    def _look(self, sensor: dg.SensorDefinition) -> bool:
        context = dg.build_sensor_context(
            self.instance, cursor=self.cursors.get(sensor.name), repository_def=self.repository
        )
        found = sensor.evaluate_tick(context)
        self.cursors[sensor.name] = found.cursor
        return self._carry_out(sensor.name, found.run_requests, found.skip_message)

    def _carry_out(self, who: str, requests: Sequence[dg.RunRequest] | None, skipped: str | None) -> bool:
        if skipped:
            self.said.append((self.world.clock.now(), who, skipped))
        for request in requests or ():
            assert request.job_name is not None
            self.run(request.job_name, request.partition_key, request.tags)
        return bool(requests)

    def run(self, job: str, partition: str | None, tags: Mapping[str, str] | None = None) -> dg.ExecuteInProcessResult:
        """A whole job for one business date, as a schedule, a sensor or a person's click starts it."""
        result = self.repository.get_job(job).execute_in_process(
            QUIETLY, instance=self.instance, partition_key=partition, tags=dict(tags or {}), raise_on_error=False
        )
        name = job_of(self.world.resources.site.name, job) or job
        self.runs.append(Ran(self.world.clock.now(), name, failure_of(result)))
        return result

    def materialize(self, partition: str, *assets: str) -> dg.ExecuteInProcessResult:
        """Assets picked in the page, of one date, with the checks on them; none picked means all."""
        picked = [dg.AssetKey([self.world.resources.site.name, asset]) for asset in assets]
        return self.repository.get_implicit_global_asset_job_def().execute_in_process(
            QUIETLY, instance=self.instance, partition_key=partition, asset_selection=picked or None,
            raise_on_error=False,
        )  # fmt: skip


def stopped_by(result: dg.ExecuteInProcessResult) -> str | None:
    """What the page shows of a run that did not do all it was started for: why it failed, or what it waits for."""
    reason = stop_reason(result.all_events, result.run_id, failed=False)
    return failure_of(result) or (None if reason is None else f"waiting: {reason}")


def failure_of(result: dg.ExecuteInProcessResult) -> str | None:
    """What the page shows of a failed run, the words of its failed step; None if it succeeded."""
    for event in result.all_events:
        if event.event_type == dg.DagsterEventType.STEP_FAILURE:
            failure = event.step_failure_data
            return failure.user_failure_data.description if failure.user_failure_data else failure.error_display_string
    assert result.success
    return None
