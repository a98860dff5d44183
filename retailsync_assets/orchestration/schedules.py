"""The schedules of a site: each ticks every five minutes in its window and starts the job that is due."""

from dataclasses import dataclass
from datetime import time
from typing import Literal

import dagster as dg

from retailsync_assets.config.jobs import JobName, dagster_job
from retailsync_assets.orchestration.run_requests import run_request
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.workflow.calendar import business_date

EVERY_MINUTES = 5
MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True)
class ClockedJob:
    """One schedule: the job it starts, and the clock times (of `[schedule]`) between which it tries."""

    job: JobName
    start: Literal["active_products", "reset"]
    end: Literal["reset", "give_up"]


CLOCKS = (
    ClockedJob("active_products", "active_products", "reset"),  # 01:00 … 01:25
    ClockedJob("reset", "reset", "give_up"),  # 01:30 … 05:50
)


def cron(start: time, end: time) -> str:
    """One cron line: every fifth minute from the hour of `start` to that of `end`, over midnight too.

    It ticks in whole hours; `is_within` tells which of its ticks count. For `start` alone where the two are one.

    >>> cron(time(1, 30), time(5, 55))
    '*/5 1-5 * * *'
    """
    if start == end:
        return f"{start.minute} {start.hour} * * *"
    offset = start.minute % EVERY_MINUTES
    minutes = f"{offset}-59/{EVERY_MINUTES}" if offset else f"*/{EVERY_MINUTES}"
    last = (end.hour * 60 + end.minute - 1) % MINUTES_A_DAY // 60
    hours = f"{start.hour}-{last}" if start.hour < last else f"{start.hour}-23,0-{last}"
    return f"{minutes} {start.hour if start.hour == last else hours} * * *"


def is_within(at: time, start: time, end: time) -> bool:
    """Is a local time in the window from `start` (included) to `end` (left out), which may lie over midnight?"""
    at = at.replace(second=0, microsecond=0)
    if start <= end:
        return start <= at < end or at == start
    return at >= start or at < end


def schedules_of(resources: SiteResources) -> list[dg.ScheduleDefinition]:
    """The site's schedules; RUNNING from the start where its file says so."""
    return [_schedule(resources, clocked) for clocked in CLOCKS]


def _schedule(resources: SiteResources, clocked: ClockedJob) -> dg.ScheduleDefinition:
    site = resources.site
    start, end = site.at(clocked.start), site.at(clocked.end)

    def tick(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        now = resources.now()
        if not is_within(now.astimezone(site.zone).time(), start, end):
            return dg.SkipReason(f"outside the schedule's window, {start:%H:%M} to {end:%H:%M} local time")
        return run_request(context.instance, resources, business_date(now, site), now, (clocked.job,))

    return dg.ScheduleDefinition(
        name=f"{site.name}_{clocked.job}_schedule",
        job_name=dagster_job(site.name, clocked.job),
        cron_schedule=cron(start, end),
        execution_timezone=site.time_zone,
        execution_fn=tick,
        default_status=dg.DefaultScheduleStatus.RUNNING if site.schedule.running else dg.DefaultScheduleStatus.STOPPED,
        description=f"Starts the job every five minutes from {start:%H:%M} to {end:%H:%M} local time, if it is due.",
    )
