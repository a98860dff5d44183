"""What a command prints: bars while bytes move, a line an asset, tables; or one JSON document and nothing else."""

import json
import sys
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from rich.console import Console
from rich.filesize import decimal
from rich.markup import escape
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TransferSpeedColumn

from retailsync_assets.cli.output.night import MARK
from retailsync_assets.cli.output.table import print_table
from retailsync_assets.config.wording import counted, plural
from retailsync_assets.resources.sftp.progress import listening

if TYPE_CHECKING:
    from retailsync_assets.orchestration.execution.job_runner import AssetRun
    from retailsync_assets.orchestration.execution.replay import (
        Replay,  # and with them DuckDB and Dagster, which status does without
    )

DIFFERENCES = 20


def print_json(document: object) -> None:
    """One JSON document on standard output, in ASCII where that takes no more."""
    in_ascii = not getattr(sys.stdout, "encoding", "").lower().startswith("utf")
    print(json.dumps(document, default=_plain, ensure_ascii=in_ascii))


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
