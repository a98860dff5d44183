"""A table of clocks turned into schedules: each ticks every five minutes from its minute; a verdict says what runs."""

from dataclasses import dataclass
from datetime import time
from typing import Literal

import dagster as dg

from retailsync_assets.config.jobs import Job
from retailsync_assets.orchestration.run_requests import request
from retailsync_assets.resources.site import Workplace
from retailsync_assets.workflow.calendar import business_date

EVERY_MINUTES = 5
MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True)
class Clocked:
    """One schedule: the job it starts, and the clock times (of `[schedule]`) between which it tries."""

    job: Job
    start: Literal["active_products", "reset"]
    end: Literal["reset", "give_up"]


CLOCKS = (
    Clocked("active_products", "active_products", "reset"),  # 01:00 … 01:25
    Clocked("reset", "reset", "give_up"),  # 01:30 … 05:50
)


def ticks(start: time, end: time) -> list[str]:
    """Cron lines, one an hour, for every fifth minute from `start` (included) to `end` (left out), over midnight too;
    for `start` alone where the two are one.

    >>> ticks(time(1, 30), time(3, 10))
    ['30,35,40,45,50,55 1 * * *', '0,5,10,15,20,25,30,35,40,45,50,55 2 * * *', '0,5 3 * * *']
    """
    first, last = start.hour * 60 + start.minute, end.hour * 60 + end.minute
    last += 0 if last >= first else MINUTES_A_DAY
    minutes = [first, *(minute for minute in range(first + 1, last) if minute % EVERY_MINUTES == 0)]
    hours = dict.fromkeys(minute // 60 for minute in minutes)
    return [
        f"{','.join(str(minute % 60) for minute in minutes if minute // 60 == hour)} {hour % 24} * * *"
        for hour in hours
    ]


def schedules_of(place: Workplace) -> list[dg.ScheduleDefinition]:
    """The site's schedules; RUNNING from the start where its file says so."""
    return [_schedule(place, clocked) for clocked in CLOCKS]


def _schedule(place: Workplace, clocked: Clocked) -> dg.ScheduleDefinition:
    site = place.site
    start, end = site.at(clocked.start), site.at(clocked.end)

    def tick(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        now = place.now()
        return request(context.instance, place, business_date(now, site), now, (clocked.job,))

    return dg.ScheduleDefinition(
        name=f"{site.name}_{clocked.job}_at_{start:%H%M}",
        job_name=f"{site.name}_{clocked.job}",
        cron_schedule=ticks(start, end),
        execution_timezone=site.time_zone,
        execution_fn=tick,
        default_status=dg.DefaultScheduleStatus.RUNNING if site.schedule.running else dg.DefaultScheduleStatus.STOPPED,
        description=f"Every five minutes from {start:%H:%M} to {end:%H:%M} local time.",
    )
