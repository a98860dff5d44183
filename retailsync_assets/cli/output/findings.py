"""What `retailsync doctor` prints: a line for each system, and below it what does not pass."""

from collections import Counter
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.markup import escape

from retailsync_assets.cli.doctor.finding import Finding, worst
from retailsync_assets.cli.output.table import printable
from retailsync_assets.config.wording import counted

MARK = {"ok": "[green]✔[/]", "warn": "[yellow]![/]", "fail": "[red]✘[/]"}


def print_system(console: Console, system: str, findings: Sequence[Finding], *, verbose: bool) -> None:
    """The checks of one system: its failures and warnings with their next steps; those that passed if `verbose`."""
    console.print(f"  {MARK[worst(findings)]} {system:<20} {count_findings(findings, zeros=False)}", soft_wrap=True)
    for each in findings:
        if each.state == "ok" and not verbose:
            continue
        found = f" · {each.found}" if each.found else ""
        line = escape(printable(f"{each.subject}: {each.tried}{found}"))
        console.print(f"      {MARK[each.state]} {line}", soft_wrap=True)
        if each.next_step and each.state != "ok":
            console.print(f"        → {escape(each.next_step)}", soft_wrap=True)


def count_findings(findings: Iterable[Finding], *, zeros: bool = True) -> str:
    """How many checks passed, warn or failed, such as `45 passed, 1 warning, 0 failed`."""
    count = Counter(each.state for each in findings)
    parts = (
        (count["ok"], f"{count['ok']} passed"),
        (count["warn"], counted(count["warn"], "warning")),
        (count["fail"], f"{count['fail']} failed"),
    )
    return ", ".join(words for number, words in parts if number or zeros)
