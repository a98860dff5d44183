"""What no clock can know: a file's arrival, HotWax's evidence, a run that failed, and silence."""

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import cast

import dagster as dg
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

from retailsync_assets.failures import line_of
from retailsync_assets.launching import request
from retailsync_assets.night import business_date, clock, verdict
from retailsync_assets.notifier import notify
from retailsync_assets.outcomes import state_after
from retailsync_assets.records import Kind
from retailsync_assets.silence import missing
from retailsync_assets.site_runs import BY_HAND_TAG, NIGHT_TAG, SITE_TAG
from retailsync_assets.verdicts import Job, Run
from retailsync_assets.workplace import Workplace

LOOK_SECONDS = 30
WATCH_SECONDS = 60
ARRIVAL: tuple[Job, ...] = ("reset", "active_products")
AFTER_THE_RESET: tuple[Job, ...] = ("applied_reset", "variance", "applied_inventory")
Answer = dg.RunRequest | dg.SkipReason


def sensors_of(place: Workplace, jobs: Sequence[UnresolvedAssetJobDefinition]) -> list[dg.SensorDefinition]:
    """The site's four sensors; RUNNING from the start where its file says so."""
    return [_arrival(place, jobs), _evidence(place, jobs), _failure(place), _silence(place)]


def nights_open(place: Workplace) -> tuple[date, date]:
    """The night just past, whose variance may still be due, and the one of this moment."""
    tonight = business_date(place.now(), place.site)
    return tonight - timedelta(days=1), tonight


def _status(place: Workplace) -> dg.DefaultSensorStatus:
    return dg.DefaultSensorStatus.RUNNING if place.site.schedule.running else dg.DefaultSensorStatus.STOPPED


def _of(
    place: Workplace, jobs: Sequence[UnresolvedAssetJobDefinition], chosen: tuple[Job, ...]
) -> list[UnresolvedAssetJobDefinition]:
    names = {f"{place.site.name}_{job}" for job in chosen}
    return [job for job in jobs if job.name in names]


def _arrival(place: Workplace, jobs: Sequence[UnresolvedAssetJobDefinition]) -> dg.SensorDefinition:
    def look(context: dg.SensorEvaluationContext) -> Answer:
        tonight = nights_open(place)[1]
        if place.ledger.standing(tonight).current(Kind.RESET):
            return dg.SkipReason(f"the reset of {tonight} has gone out")
        late = place.now() >= clock(tonight, "reset", place.site)
        return request(context.instance, place, tonight, place.now(), ARRIVAL if late else ARRIVAL[:1])

    return dg.SensorDefinition(
        name=f"{place.site.name}_arrival",
        evaluation_fn=look,
        jobs=_of(place, jobs, ARRIVAL),
        minimum_interval_seconds=LOOK_SECONDS,
        default_status=_status(place),
        description="Looks for the raw file: once it has stood still for two looks, it starts the reset; from the "
        "reset's clock time on it makes a list of active products that was missed, too.",
    )


def _evidence(place: Workplace, jobs: Sequence[UnresolvedAssetJobDefinition]) -> dg.SensorDefinition:
    def look(context: dg.SensorEvaluationContext) -> Answer:
        answer: Answer = dg.SkipReason("no file is with HotWax")
        for on in nights_open(place):
            if place.ledger.standing(on).artefacts:
                answer = request(context.instance, place, on, place.now(), AFTER_THE_RESET)
            if isinstance(answer, dg.RunRequest):
                break
        return answer

    return dg.SensorDefinition(
        name=f"{place.site.name}_evidence",
        evaluation_fn=look,
        jobs=_of(place, jobs, AFTER_THE_RESET),
        minimum_interval_seconds=LOOK_SECONDS,
        default_status=_status(place),
        description="Looks into HotWax's import log: what it has applied takes the night on, the rest being over.",
    )


def _failure(place: Workplace) -> dg.SensorDefinition:
    @dg.run_failure_sensor(  # pyright: ignore[reportUnknownMemberType] - Dagster leaves os.PathLike open
        name=f"{place.site.name}_failure",
        minimum_interval_seconds=LOOK_SECONDS,
        default_status=_status(place),
        description="Counts failed runs of a night: after three of one job its schedules stop, and a person is told.",
    )
    def note(context: dg.RunFailureSensorContext) -> dg.SkipReason:
        run = context.dagster_run
        if run.tags.get(SITE_TAG) != place.site.name or BY_HAND_TAG in run.tags:
            return dg.SkipReason("not a scheduled run of this site")
        line = _last_line(context)
        job, partition = run.job_name.removeprefix(f"{place.site.name}_"), run.tags.get(NIGHT_TAG)
        if partition is None or state_after(line) == "waiting":
            return dg.SkipReason(line)
        on = date.fromisoformat(partition)
        if verdict(place.site, place.ledger.standing(on), place.now(), by_hand=True) != Run(cast("Job", job)):
            return dg.SkipReason(f"{line} (the books say so, too)")
        count = place.ledger.note_failure(on, job, line, place.now())
        return dg.SkipReason(f"{job} of {partition} failed, {count} in a row: {line}")

    return note


def _last_line(context: dg.RunFailureSensorContext) -> str:
    """What the run's gates and steps said, or else what Dagster says of a run that never got so far."""
    run_id, told = (
        context.dagster_run.run_id,
        {dg.DagsterEventType.ASSET_CHECK_EVALUATION, dg.DagsterEventType.STEP_FAILURE},
    )
    entries = context.instance.all_logs(run_id, of_type=told)
    events = [entry.dagster_event for entry in entries if entry.dagster_event is not None]
    return line_of(events, run_id) if events else context.failure_event.message or "the run failed"


def _silence(place: Workplace) -> dg.SensorDefinition:
    def watch(context: dg.SensorEvaluationContext) -> dg.SkipReason:
        past, tonight = nights_open(place)
        first = place.ledger.watched_since(tonight, place.now())
        before: dict[str, str] = json.loads(context.cursor or "{}")
        due, told = dict[str, str](), list[str]()
        for on in (past, tonight):
            if on < first:
                continue
            now, standing = place.now(), place.ledger.standing(on)
            next_up = verdict(place.site, standing, now, by_hand=False)
            name = f"{on} {next_up.job}" if isinstance(next_up, Run) else ""
            if name:
                due[name] = before.get(name, now.isoformat())
            since = datetime.fromisoformat(due[name]) if name else None
            told += [found.cause for found in missing(place.site, standing, now, since) if notify(place, on, found)]
        context.update_cursor(json.dumps(due))
        return dg.SkipReason(f"told of: {', '.join(told)}" if told else "nothing new to tell")

    return dg.SensorDefinition(
        name=f"{place.site.name}_silence",
        evaluation_fn=watch,
        minimum_interval_seconds=WATCH_SECONDS,
        default_status=_status(place),
        description="Tells a person, once a cause a night, of what is held, failed, missed, or silent past its time.",
    )
