"""What no clock can know: a file's arrival, HotWax's evidence, a run that failed, and silence."""

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import cast

import dagster as dg
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

from retailsync_assets.assets.failures import line_of
from retailsync_assets.config.jobs import Job
from retailsync_assets.errors import NotNow, Unreachable, state_after
from retailsync_assets.ledger.models import Kind
from retailsync_assets.orchestration.run_queue import BY_HAND_TAG, NIGHT_TAG, SITE_TAG, live_runs
from retailsync_assets.orchestration.run_requests import request
from retailsync_assets.reporting.alerts import notify
from retailsync_assets.resources.site import Workplace
from retailsync_assets.workflow.calendar import business_date, clock
from retailsync_assets.workflow.decision import verdict
from retailsync_assets.workflow.incidents import Missing, missing
from retailsync_assets.workflow.step import Run

LOOK_SECONDS = 30
WATCH_SECONDS = 60
ARRIVAL: tuple[Job, ...] = ("reset", "active_products")
AFTER_THE_RESET: tuple[Job, ...] = ("applied_reset", "variance", "applied_inventory")
LEDGER_AWAY = timedelta(minutes=10)
MOST_NIGHTS = timedelta(days=13)
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


def _in_words(
    look: Callable[[dg.SensorEvaluationContext], Answer],
) -> Callable[[dg.SensorEvaluationContext], Answer]:
    """The look, which ends in one line where the ledger can't be asked; `_silence` tells of that."""

    def in_words(context: dg.SensorEvaluationContext) -> Answer:
        try:
            return look(context)
        except NotNow as outcome:
            return dg.SkipReason(str(outcome))

    return in_words


def _arrival(place: Workplace, jobs: Sequence[UnresolvedAssetJobDefinition]) -> dg.SensorDefinition:
    def look(context: dg.SensorEvaluationContext) -> Answer:
        tonight = nights_open(place)[1]
        if place.ledger.standing(tonight).current(Kind.RESET):
            return dg.SkipReason(f"the reset of {tonight} has gone out")
        late = place.now() >= clock(tonight, "reset", place.site)
        return request(context.instance, place, tonight, place.now(), ARRIVAL if late else ARRIVAL[:1])

    return dg.SensorDefinition(
        name=f"{place.site.name}_arrival",
        evaluation_fn=_in_words(look),
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
        evaluation_fn=_in_words(look),
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
        try:
            return dg.SkipReason(_count(place, date.fromisoformat(partition), cast("Job", job), line))
        except NotNow as outcome:
            return dg.SkipReason(f"{line} (not counted: {outcome})")

    return note


def _count(place: Workplace, on: date, job: Job, line: str) -> str:
    """One failure more, unless the books know why the job may not run anyway."""
    if verdict(place.site, place.ledger.standing(on), place.now(), by_hand=True) != Run(job):
        return f"{line} (the books say so, too)"
    return f"{job} of {on} failed, {place.ledger.note_failure(on, job, line, place.now())} in a row: {line}"


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
        before: dict[str, str] = json.loads(context.cursor or "{}")
        try:
            after, told = _look_after(place, context.instance, before)
        except NotNow as outcome:
            after, told = _ledger_fails(place, before, outcome)
        context.update_cursor(json.dumps(after))
        return dg.SkipReason(f"told of: {', '.join(told)}" if told else "nothing new to tell")

    return dg.SensorDefinition(
        name=f"{place.site.name}_silence",
        evaluation_fn=watch,
        minimum_interval_seconds=WATCH_SECONDS,
        default_status=_status(place),
        description="Tells a person, once a cause a night, of what is held, failed, missed, or silent past its time.",
    )


def _look_after(
    place: Workplace, instance: dg.DagsterInstance, before: dict[str, str]
) -> tuple[dict[str, str], list[str]]:
    """Every night since the last look, and the two that are open; answers what to know at the next, and what was told.

    What a look knows: `watched`, the oldest night it has to look at, and since when each job has been due.
    """
    past, tonight = nights_open(place)
    ledger, now = place.ledger, place.now()
    oldest = max(tonight - MOST_NIGHTS, min(past, date.fromisoformat(before.get("watched", str(past)))))
    first = max(oldest, ledger.watched_since(tonight, now))
    after, told = {"watched": str(past)}, list[str]()
    for on in reversed([first + timedelta(days=days) for days in range((tonight - first).days + 1)]):
        standing, running = ledger.standing(on), bool(live_runs(instance, place.site.name, on))
        next_up = verdict(place.site, standing, now, by_hand=False)
        name = f"{on} {next_up.job}" if isinstance(next_up, Run) else ""
        if name:
            after[name] = before.get(name, now.isoformat())
        since = datetime.fromisoformat(after[name]) if name else None
        for found in missing(place.site, standing, now, since, running=running, waited=ledger.last_wait(on)):
            if notify(place, on, found):
                told.append(found.cause)
            elif not ledger.alerted(on, found.cause):
                after["watched"] = min(after["watched"], str(on))
    return after, told


def _ledger_fails(place: Workplace, before: dict[str, str], outcome: NotNow) -> tuple[dict[str, str], list[str]]:
    """A ledger that is busy or away may come back: a person hears of it when it has not for a while."""
    now, tonight = place.now(), nights_open(place)[1]
    since = before.get("ledger", now.isoformat())
    lasts = not isinstance(outcome, Unreachable) or now - datetime.fromisoformat(since) >= LEDGER_AWAY
    alert = Missing(f"ledger since {since}", "the ledger", str(outcome), f"retailsync doctor {place.site.name}")
    told = [alert.cause] if lasts and notify(place, tonight, alert) else []
    return {**before, "ledger": since}, told
