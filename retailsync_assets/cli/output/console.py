"""What a command prints: bars while bytes move, a line an asset, tables; or one JSON document and nothing else."""

import json
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from rich.console import Console
from rich.filesize import decimal
from rich.markup import escape
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TransferSpeedColumn
from rich.table import Table

from retailsync_assets.cli.output.table import print_table
from retailsync_assets.errors import Remedy
from retailsync_assets.resources.sftp.progress import listening
from retailsync_assets.wording import counted, plural
from retailsync_assets.workflow.status import NightStatus, StageStatus

if TYPE_CHECKING:
    from retailsync_assets.orchestration.execution.job_runner import AssetRun
    from retailsync_assets.orchestration.execution.replay import (
        Replay,  # and with them DuckDB and Dagster, which status does without
    )

MARK = {
    "done": "[green]✔[/]",
    "waiting": "[yellow]…[/]",
    "held": "[red]■[/]",
    "failed": "[red]✘[/]",
    "pending": "[dim]·[/]",
}
DIFFERENCES = 20
COLOUR = {"complete": "green", "waiting": "yellow", "held": "red", "failed": "red"}
WORDS = {"held": "on hold"}
"""States that are printed in other words than the JSON has."""


def print_json(document: object) -> None:
    """One JSON document on standard output."""
    print(json.dumps(document, default=_plain, ensure_ascii=False))


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


@contextmanager
def transfers(console: Console) -> Generator[None]:
    """Draw every transfer within this block, with its rate, while it lasts."""
    columns = (TextColumn("  {task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    bars = Progress(*columns, console=console, transient=True)
    tasks: dict[str, TaskID] = {}

    def draw(name: str, done: int, total: int) -> None:
        if name not in tasks:
            bars.start()  # not before: bars that show nothing end in an empty line
            tasks[name] = bars.add_task(escape(name), total=total)
        bars.update(tasks[name], completed=done)
        if done >= total:
            bars.remove_task(tasks.pop(name))

    try:
        with listening(draw):
            yield
    finally:
        if bars.live.is_started:
            bars.stop()


def print_asset_run(console: Console, step: "AssetRun") -> None:
    """One asset that was made: its rows, bytes and seconds, whether it is a preview or final, and its file."""
    count, size = step.metadata.get("dagster/row_count"), decimal(step.metadata.get("bytes", 0))
    rows = "" if count is None else counted(count, "row")
    file = step.metadata.get("file") or step.metadata.get("path") or ""
    more = "  ".join(filter(None, (step.edition, str(file))))
    line = f"  {MARK['done']} {step.asset:<26} {rows:>14} {size:>10} {step.seconds:>7.2f} s  {escape(more)}"
    console.print(line.rstrip(), soft_wrap=True)


def print_report(console: Console, report: NightStatus) -> None:
    """The nightly run, stage by stage, with its reasons and the next step."""
    console.print(f"{report.site} · business date {report.business_date} · {_state(report)}")
    for stage in report.stages:
        console.print(_stage(stage), highlight=False, soft_wrap=True)
    for line in report.lines:
        console.print(f"  → {escape(line)}", highlight=False, soft_wrap=True)
    if report.state in ("held", "failed") and report.next_step:
        once = ", once that is fixed" if report.reasons[0].remedy is Remedy.FIX_THEN_RUN else ""
        console.print(f"  Next step{once}: {report.next_step}", highlight=False, soft_wrap=True)


def _state(report: NightStatus) -> str:
    return f"[{COLOUR[report.state]}]{WORDS.get(report.state, report.state)}[/]"


def print_overview(console: Console, reports: Sequence[NightStatus]) -> None:
    """One row a site: state, stages, and every reason in full."""
    drawn = Table()
    for column in ("site", "business date", "state", "stages"):
        drawn.add_column(column, no_wrap=True)
    drawn.add_column("reason", overflow="fold")
    for each in reports:
        done = sum(stage.state == "done" for stage in each.stages)
        why = escape("; ".join(each.lines))
        drawn.add_row(each.site, each.business_date, _state(each), f"{done} of {len(each.stages)}", why)
    console.print(drawn)


def _stage(stage: StageStatus) -> str:
    rows = "" if stage.rows is None else f"{stage.rows:,}"
    return f"  {MARK[stage.state]} {stage.asset:<26} {rows:>9}  {escape(stage.detail)}"


def print_replay(console: Console, found: "Replay") -> None:
    """Each delivery beside its replay, and the first rows that differ."""
    state = "[green]identical[/]" if found.equal else "[red]different[/]"
    console.print(f"{found.site} · replay of {found.business_date} · {state}")
    for each in found.deliveries:
        mark, rows = MARK["done" if each.equal else "failed"], counted(each.rows, "row")
        differing = (
            "" if each.equal else f", {len(each.differences):,} {plural(len(each.differences), 'differs', 'differ')}"
        )
        console.print(f"  {mark} {escape(each.delivery)} · {rows}{differing}", soft_wrap=True)
    differences = [difference for each in found.deliveries for difference in each.differences]
    if differences:
        rows = [list(vars(difference).values()) for difference in differences[:DIFFERENCES]]
        print_table(console, "Rows that differ", list(vars(differences[0])), rows)
