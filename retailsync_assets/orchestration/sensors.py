"""The sensors of a site: file arrival, import confirmation, run failures, and a watchdog for what is overdue."""

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

import dagster as dg

from retailsync_assets.assets.failures import failure_reason
from retailsync_assets.config.jobs import JobName, dagster_job, job_of
from retailsync_assets.errors import Kind, Reason, Remedy, RetailSyncError, Unreachable
from retailsync_assets.ledger.models import DeliveryKind
from retailsync_assets.orchestration.observation import record_failure
from retailsync_assets.orchestration.run_queue import BY_HAND_TAG, NIGHT_TAG, SITE_TAG, live_runs
from retailsync_assets.orchestration.run_requests import run_request
from retailsync_assets.orchestration.warnings import look_at_warnings
from retailsync_assets.reporting.alerts import send_alert
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.workflow.calendar import business_date, clock_time
from retailsync_assets.workflow.decision import next_step
from retailsync_assets.workflow.incidents import Incident, find_incidents
from retailsync_assets.workflow.remedies import command
from retailsync_assets.workflow.step import RunJob

LOOK_SECONDS = 30
WATCH_SECONDS = 60
ARRIVAL: tuple[JobName, ...] = ("reset", "active_products")
AFTER_THE_RESET: tuple[JobName, ...] = ("reset_confirmation", "variance", "reconciliation")
LEDGER_AWAY = timedelta(minutes=10)
MOST_NIGHTS = timedelta(days=13)
Answer = dg.RunRequest | dg.SkipReason


def sensors_of(resources: SiteResources, jobs: Sequence[dg.JobDefinition]) -> list[dg.SensorDefinition]:
    """The site's four sensors; RUNNING from the start where its file says so."""
    return [_arrival(resources, jobs), _confirmation(resources, jobs), _failure(resources), _incidents(resources)]


def nights_open(resources: SiteResources) -> tuple[date, date]:
    """The previous business date, whose variance may still be due, and the current one."""
    tonight = business_date(resources.now(), resources.site)
    return tonight - timedelta(days=1), tonight


def _status(resources: SiteResources) -> dg.DefaultSensorStatus:
    return dg.DefaultSensorStatus.RUNNING if resources.site.schedule.running else dg.DefaultSensorStatus.STOPPED


def _of(
    resources: SiteResources, jobs: Sequence[dg.JobDefinition], chosen: tuple[JobName, ...]
) -> list[dg.JobDefinition]:
    names = {dagster_job(resources.site.name, job) for job in chosen}
    return [job for job in jobs if job.name in names]


def _in_words(
    look: Callable[[dg.SensorEvaluationContext], Answer],
) -> Callable[[dg.SensorEvaluationContext], Answer]:
    """The look, which skips with one line if the ledger fails; `_incidents` sends the alert."""

    def in_words(context: dg.SensorEvaluationContext) -> Answer:
        try:
            return look(context)
        except RetailSyncError as outcome:
            return dg.SkipReason(str(outcome))

    return in_words


def _arrival(resources: SiteResources, jobs: Sequence[dg.JobDefinition]) -> dg.SensorDefinition:
    def look(context: dg.SensorEvaluationContext) -> Answer:
        tonight = nights_open(resources)[1]
        if resources.ledger.night_state(tonight).current_deliveries(DeliveryKind.RESET):
            return dg.SkipReason(f"the reset for {tonight} is delivered")
        late = resources.now() >= clock_time(tonight, "reset", resources.site)
        return run_request(context.instance, resources, tonight, resources.now(), ARRIVAL if late else ARRIVAL[:1])

    return dg.SensorDefinition(
        name=f"{resources.site.name}_file_arrival",
        evaluation_fn=_in_words(look),
        jobs=_of(resources, jobs, ARRIVAL),
        minimum_interval_seconds=LOOK_SECONDS,
        default_status=_status(resources),
        description="Polls the inbox. Starts the reset when the raw file is unchanged for two polls; after the "
        "scheduled reset time it also refreshes the active products if their schedule missed them.",
    )


def _confirmation(resources: SiteResources, jobs: Sequence[dg.JobDefinition]) -> dg.SensorDefinition:
    def look(context: dg.SensorEvaluationContext) -> Answer:
        answer: Answer = dg.SkipReason("no delivered file is waiting for HotWax")
        for on in nights_open(resources):
            if resources.ledger.night_state(on).deliveries:
                answer = run_request(context.instance, resources, on, resources.now(), AFTER_THE_RESET)
            if isinstance(answer, dg.RunRequest):
                break
        return answer

    return dg.SensorDefinition(
        name=f"{resources.site.name}_import_confirmation",
        evaluation_fn=_in_words(look),
        jobs=_of(resources, jobs, AFTER_THE_RESET),
        minimum_interval_seconds=LOOK_SECONDS,
        default_status=_status(resources),
        description="Reads HotWax's import log. Continues the nightly run when HotWax has applied a file and the "
        "waiting period is over.",
    )


def _failure(resources: SiteResources) -> dg.SensorDefinition:
    @dg.run_failure_sensor(  # pyright: ignore[reportUnknownMemberType] - Dagster leaves os.PathLike open
        name=f"{resources.site.name}_run_failure",
        minimum_interval_seconds=LOOK_SECONDS,
        default_status=_status(resources),
        description="Counts failed runs of a business date. After three failures of one job, schedules and sensors "
        "stop starting it, and an alert goes out.",
    )
    def note(context: dg.RunFailureSensorContext) -> dg.SkipReason:
        run = context.dagster_run
        if run.tags.get(SITE_TAG) != resources.site.name or BY_HAND_TAG in run.tags:
            return dg.SkipReason("not a scheduled run of this site")
        reason = _why(context)
        job, partition = job_of(resources.site.name, run.job_name), run.tags.get(NIGHT_TAG)
        if job is None or partition is None:
            return dg.SkipReason(str(reason))
        try:
            counted = record_failure(resources, date.fromisoformat(partition), job, reason)
        except RetailSyncError as outcome:
            return dg.SkipReason(f"{reason} (not counted: {outcome})")
        if counted is None:
            return dg.SkipReason(f"{reason} (not counted: the ledger gives the reason)")
        return dg.SkipReason(f"{job} of {partition} failed, {counted.times} in a row: {reason}")

    return note


def _why(context: dg.RunFailureSensorContext) -> Reason:
    """What the run's steps said, or else what Dagster says of a run that never got so far."""
    run_id = context.dagster_run.run_id
    entries = context.instance.all_logs(run_id, of_type={dg.DagsterEventType.STEP_FAILURE})
    events = [entry.dagster_event for entry in entries if entry.dagster_event is not None]
    if events:
        return failure_reason(events, run_id)
    return Reason(Kind.ERROR, context.failure_event.message or "the run failed", Remedy.RUN)


def _incidents(resources: SiteResources) -> dg.SensorDefinition:
    def watch(context: dg.SensorEvaluationContext) -> dg.SkipReason:
        before: dict[str, str] = json.loads(context.cursor or "{}")
        try:
            after, told = _look_after(resources, context.instance, before)
        except RetailSyncError as outcome:
            after, told = _ledger_fails(resources, before, outcome)
        context.update_cursor(json.dumps(after))
        return dg.SkipReason(f"sent alerts: {', '.join(told)}" if told else "no new alerts")

    return dg.SensorDefinition(
        name=f"{resources.site.name}_watchdog",
        evaluation_fn=watch,
        minimum_interval_seconds=WATCH_SECONDS,
        default_status=_status(resources),
        description="Sends one alert per cause and business date for runs that are on hold, failed, missed or overdue, "
        "and for what a warning check finds.",
    )


def _look_after(
    resources: SiteResources, instance: dg.DagsterInstance, before: dict[str, str]
) -> tuple[dict[str, str], list[str]]:
    """Every night since the last look, and the two that are open; answers what to know at the next, and what was told.

    What a look knows: `watched`, the oldest night it has to look at, and since when each job has been due.
    """
    past, tonight = nights_open(resources)
    ledger, now = resources.ledger, resources.now()
    oldest = max(tonight - MOST_NIGHTS, min(past, date.fromisoformat(before.get("watched", str(past)))))
    ledger.begin_watch(tonight, now)
    after, told = {"watched": str(past)}, list[str]()
    for on in reversed([oldest + timedelta(days=days) for days in range((tonight - oldest).days + 1)]):
        standing, running = ledger.night_state(on), bool(live_runs(instance, resources.site.name, on))
        next_up = next_step(resources.site, standing, now, by_hand=False)
        name = f"{on} {next_up.job}" if isinstance(next_up, RunJob) else ""
        if name:
            after[name] = before.get(name, now.isoformat())
        since = datetime.fromisoformat(after[name]) if name else None
        incidents = find_incidents(resources.site, standing, next_up, now, since, running=running)
        warnings = [] if running else list(look_at_warnings(resources, standing, before))
        after |= {each.key: each.mark for each in warnings}
        for found in (*incidents, *(each.incident for each in warnings if each.incident)):
            if send_alert(resources, on, found):
                told.append(found.cause)
            elif not ledger.alerted(on, found.cause):
                after["watched"] = min(after["watched"], str(on))
                after = {key: mark for key, mark in after.items() if key not in {each.key for each in warnings}}
    return after, told


def _ledger_fails(
    resources: SiteResources, before: dict[str, str], outcome: RetailSyncError
) -> tuple[dict[str, str], list[str]]:
    """A ledger that is busy or away may come back: a person hears of it when it has not for a while."""
    now, tonight = resources.now(), nights_open(resources)[1]
    since = before.get("ledger", now.isoformat())
    lasts = not isinstance(outcome, Unreachable) or now - datetime.fromisoformat(since) >= LEDGER_AWAY
    alert = Incident(
        f"ledger since {since}", "the ledger", str(outcome), command(resources.site.name, tonight, Remedy.DOCTOR)
    )
    told = [alert.cause] if lasts and send_alert(resources, tonight, alert) else []
    return {**before, "ledger": since}, told
