"""What a command prints: bars while bytes move, a line an asset, tables; or one JSON document and nothing else."""

import json
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.filesize import decimal
from rich.markup import escape
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TransferSpeedColumn

from retailsync_assets.cli.doctor.finding import Finding
from retailsync_assets.cli.output.night import MARK
from retailsync_assets.cli.output.table import print_table, printable
from retailsync_assets.resources.sftp.progress import listening

if TYPE_CHECKING:
    from retailsync_assets.cli.explanation import Explanation
    from retailsync_assets.orchestration.execution.replay import (
        Replay,  # and with them DuckDB and Dagster, which status does without
    )

DIFFERENCES = 20
VERDICT = {"ok": "[green]✔[/]", "warn": "[yellow]![/]", "fail": "[red]✘[/]"}
TELLS_MORE = {
    "not a store of this site": "stores",
    "not active": "active_products",
    "not in the raw file": "unmatched_keys",
    "reset row failed": "applied_reset",
    "quarantined": "quarantined_rows",
}
"""The status of a SKU-location → the table with the details."""


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


def stage_line(console: Console, asset: str, seconds: float, metadata: dict[str, Any]) -> None:
    """One asset that was made: its rows, bytes and seconds."""
    count, size = metadata.get("dagster/row_count"), decimal(metadata.get("bytes", 0))
    rows = "" if count is None else f"{count:,} rows"
    line = f"  {MARK['done']} {asset:<26} {rows:>14} {size:>10} {seconds:>7.2f} s  {escape(_extra(metadata))}"
    console.print(line, soft_wrap=True)


def _extra(metadata: dict[str, Any]) -> str:
    file = metadata.get("file") or metadata.get("path")
    return str(file) if file else ""


def print_replay(console: Console, found: "Replay") -> None:
    """Each delivery beside its replay, and the first rows that differ."""
    state = "[green]identical[/]" if found.equal else "[red]different[/]"
    console.print(f"{found.site} · replay of {found.business_date} · {state}")
    for each in found.deliveries:
        mark, rows = VERDICT["ok" if each.equal else "fail"], f"{each.rows:,} rows"
        differing = "" if each.equal else f", {len(each.differences):,} differ"
        console.print(f"  {mark} {escape(each.delivery)} · {rows}{differing}", soft_wrap=True)
    differences = [difference for each in found.deliveries for difference in each.differences]
    if differences:
        rows = [list(vars(difference).values()) for difference in differences[:DIFFERENCES]]
        print_table(console, "Rows that differ", list(vars(differences[0])), rows)


def print_finding(console: Console, finding: Finding) -> None:
    """One check; below it, the next step."""
    found = f" · {finding.found}" if finding.found else ""
    line = escape(printable(f"{finding.subject}: {finding.tried}{found}"))
    console.print(f"  {VERDICT[finding.state]} {line}", soft_wrap=True)
    if finding.next_step and finding.state != "ok":
        console.print(f"      → {escape(finding.next_step)}", soft_wrap=True)


def print_findings_counted(console: Console, findings: Sequence[Finding]) -> None:
    """How many checks passed, warn or failed."""
    count = {state: sum(each.state == state for each in findings) for state in VERDICT}
    console.print(f"{count['ok']} passed, {count['warn']} warnings, {count['fail']} failed")


def print_explanation(console: Console, found: "Explanation") -> None:
    """One SKU-location, from Retail Pro's on-hand quantity to HotWax's."""
    console.print(
        f"{found.site} · business date {found.business_date} · UPC {escape(found.upc)} at {escape(found.store)}"
    )
    console.print(f"  {found.status} (product {found.product_id or '–'}, facility {found.facility_id or '–'})")
    steps: list[tuple[str, int | None]] = [
        (f"Retail Pro on hand (as of {found.snapshot_as_of or '–'})", found.raw_quantity),
        ("reset", found.reset_quantity),
        ("variance", found.variance),
        ("target", found.target_quantity),
        ("HotWax on hand", found.hotwax_quantity),
    ]
    for what, units in steps:
        console.print(f"  {what:<52} {'–' if units is None else units:>8}")
    if found.deducted:
        columns = list(found.deducted[0])
        print_table(console, "Deducted", columns, [list(line.values()) for line in found.deducted])
    if found.replayed:
        columns = list(found.replayed[0])
        print_table(console, "Added back", columns, [list(movement.values()) for movement in found.replayed])
    if found.status == "pending" and found.snapshot_as_of is None:
        look = f"retailsync status {found.site} --date {found.business_date}"
        console.print(f"  waiting for the raw file of {found.business_date}; next: {look}", soft_wrap=True)
    if found.status in TELLS_MORE:
        asked = f"FROM {TELLS_MORE[found.status]} WHERE business_date = '{found.business_date}'"
        console.print(f'  {found.status}: retailsync query {found.site} "{asked}"', soft_wrap=True)
