"""How a nightly run stands, as `run` and `status` print it: each fact once, times in the site's zone."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from retailsync_assets.errors import Kind, Reason, Remedy
from retailsync_assets.workflow.calendar import local_time
from retailsync_assets.workflow.decision import NOT_RUN
from retailsync_assets.workflow.remedies import NOTHING
from retailsync_assets.workflow.stages import StageStatus
from retailsync_assets.workflow.status import NightStatus

if TYPE_CHECKING:
    from retailsync_assets.reporting.history import (
        PastNight,  # and with it DuckDB, which a look at one night does without
    )

MARK = {
    "done": "[green]✔[/]",
    "waiting": "[yellow]…[/]",
    "held": "[red]■[/]",
    "failed": "[red]✘[/]",
    "pending": "[dim]·[/]",
}
COLOUR = {"complete": "green", "waiting": "yellow", "held": "red", "failed": "red"}
WORDS = {"held": "on hold"}
"""States that are printed in other words than the JSON has."""
TIME = 13


def print_night(console: Console, night: NightStatus) -> None:
    """The nightly run, stage by stage with local times, then what comes next, its reasons and the next step."""
    console.print(f"{night.site} · business date {night.business_date} · {_state(night)}", highlight=False)
    for stage in night.stages:
        console.print(_stage(night, stage), highlight=False, soft_wrap=True)
    if night.now is not None:
        console.print(f"  {_now(night)}", highlight=False, soft_wrap=True)
    for reason in night.reasons:
        console.print(f"  → {escape(_reason(night, reason))}", highlight=False, soft_wrap=True)
    if step := _next_step(night):
        console.print(f"  {escape(step)}", highlight=False, soft_wrap=True)


def print_overview(console: Console, nights: Sequence[NightStatus], sites: Path | None, home: Path) -> None:
    """One row a site: state, stages, what comes next, and every reason in full; then where all of it is kept."""
    drawn = Table()
    for column in ("site", "business date", "state", "stages", "next"):
        drawn.add_column(column, no_wrap=True)
    drawn.add_column("reason", overflow="fold")
    for each in nights:
        done = sum(stage.state == "done" for stage in each.stages)
        step = _next_step(each)
        why = escape("; ".join([*(_reason(each, reason) for reason in each.reasons), *([step] if step else [])]))
        drawn.add_row(each.site, each.business_date, _state(each), f"{done} of {len(each.stages)}", _due(each), why)
    console.print(drawn)
    console.print(f"Configuration: {sites or 'the packaged demo'} · state: {home}", highlight=False, soft_wrap=True)


def print_history(console: Console, site: str, nights: Sequence["PastNight"]) -> None:
    """One row a business date, newest first; a number that doesn't exist is a dash."""
    drawn = Table(title=f"{site} · the last {len(nights)} business dates", title_justify="left")
    drawn.add_column("business date", no_wrap=True)
    drawn.add_column("state", no_wrap=True)
    for column in ("minutes", "SKU-locations", "units deducted", "difference"):
        drawn.add_column(column, justify="right")
    drawn.add_column("approved by", overflow="fold")
    for night in nights:
        state = "[dim]not run[/]" if night.status.is_not_run else _state(night.status)
        numbers = (night.minutes, night.keys, night.units_deducted, night.difference)
        shown = ("–" if number is None else f"{number:,}" for number in numbers)
        drawn.add_row(night.status.business_date, state, *shown, escape(night.approved_by or "–"))
    console.print(drawn)
    if any(night.status.is_not_run for night in nights):
        console.print(f"not run: {NOT_RUN.text}, whose first look came later", highlight=False, soft_wrap=True)


def _state(night: NightStatus) -> str:
    return f"[{COLOUR[night.state]}]{WORDS.get(night.state, night.state)}[/]"


def _reason(night: NightStatus, reason: Reason) -> str:
    """One that an attempt gave says since when, and how often it was tried."""
    stopped = night.stopped
    if stopped is None or reason != night.reasons[0]:
        return str(reason)
    often = "1 attempt" if stopped.times == 1 else f"{stopped.times} attempts"
    return f"blocked since {_local(night, stopped.first_at)} · {reason} · {often}"


def _next_step(night: NightStatus) -> str | None:
    if night.state not in ("held", "failed") and not (night.reasons and night.state == "complete"):
        return None
    if night.next_step is None:
        return f"Next step: {NOTHING}" if night.reasons and night.reasons[0].kind is Kind.REFUSED else None
    once = ", once that is fixed" if night.remedy is Remedy.FIX_THEN_RUN else ""
    return f"Next step{once}: {night.next_step}"


def _stage(night: NightStatus, stage: StageStatus) -> str:
    rows = "" if stage.rows is None else f"{stage.rows:,}"
    told = stage.detail in night.lines
    detail = "" if told else stage.detail.removeprefix(f"{rows} ")
    line = f"  {MARK[stage.state]} {stage.asset:<26}{_time(night, stage):>{TIME}} {rows:>9}  {escape(detail)}"
    return line.rstrip()


def _time(night: NightStatus, stage: StageStatus) -> str:
    if stage.done_at is not None:
        return _local(night, stage.done_at)
    return "" if stage.due_at is None or night.is_not_run else f"due {_local(night, stage.due_at)}"


def _now(night: NightStatus) -> str:
    now = f"now {_local(night, night.now)}" if night.now else ""
    return " · ".join(filter(None, (now, _due(night))))


def _due(night: NightStatus) -> str:
    due = night.next_due
    if due is None:
        return ""
    return f"{due.what} due now" if due.at == night.now else f"{due.what} due {_local(night, due.at)}"


def _local(night: NightStatus, instant: datetime) -> str:
    return local_time(instant, date.fromisoformat(night.business_date), ZoneInfo(night.time_zone))
