"""docs/performance.md, written by the benchmark and by nobody else."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from benchmarks import large_file, large_oms, many_sites
from benchmarks.measured import kept
from benchmarks.ratios import Row, Spread
from benchmarks.tried import TRIED

HEAD = """\
# Performance

Written by `make bench`; not to be edited by hand. All contenders of a part took turns on one machine, round by round.
A ratio is our time over the peer's in the same round: below 1 we are faster. Times are medians (least–most).
Seconds of fetch and join leave out the start of Python; those of the nightly run and of start-up leave out nothing.
Peak memory is that of the largest process, as the operating system counts it (`wait4`); processor is user and system.

![ratios](performance.svg)
"""


APART = (
    ("large_file", "Larger raw files", large_file),
    ("many_sites", "Many sites", many_sites),
    ("large_oms", "HotWax's database", large_oms),
)


def page(rows: Sequence[Row], memory: Iterable[str], machine: dict[str, str], file: str) -> str:
    """The whole page."""
    facts = "\n".join(f"- {title}: {words}" for title, words in {**machine, "raw file": file}.items())
    parts = [HEAD, facts, _verdict(rows), _table(rows), f"## Memory\n\n{_list(memory)}"]
    parts += [_apart(name, title, program.section) for name, title, program in APART]
    parts += ["## What was tried", *(f"### {part.capitalize()}\n\n{words}" for part, words in TRIED.items())]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _verdict(rows: Sequence[Row]) -> str:
    missed = [f"{row.part} against {row.peer} ({row.ratio.median:.2f})" for row in rows if row.judgement == "missed"]
    held = sum(row.judgement == "holds" for row in rows)
    return f"Of the budget's lines {held} hold. Missed: {'; '.join(missed) or 'none'}; the reasons are below."


def _apart(name: str, title: str, section: Callable[[dict[str, Any]], str]) -> str:
    """What a program of its own measured, when it last ran."""
    found = kept(name)
    if found is None:
        return f"## {title}\n\nNot measured yet: `python -m benchmarks.{name}`."
    when = f"`python -m benchmarks.{name}`, {found['date']}, load {found['load']} when it ended."
    return f"## {title}\n\n{when}\n\n{section(found)}"


def _table(rows: Iterable[Row]) -> str:
    titles = ("part", "ours", "s", "peer", "s", "ratio", "processor s", "peak MiB", "rounds", "budget", "")
    lines = [_line(titles), _line(["---"] * len(titles))]
    lines += [
        _line(
            [
                row.part,
                row.ours,
                _spread(row.our_seconds),
                row.peer,
                _spread(row.peer_seconds),
                _spread(row.ratio),
                f"{row.our_processor:.2f} / {row.peer_processor:.2f}",
                f"{row.our_peak_mib} / {row.peer_peak_mib}",
                str(row.rounds),
                row.budget_in_words,
                row.judgement,
            ]
        )
        for row in rows
    ]
    return "\n".join(lines)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _spread(values: Spread) -> str:
    return f"{values.median:.2f} ({values.least:.2f}–{values.most:.2f})"


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
