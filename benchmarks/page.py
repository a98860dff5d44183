"""docs/performance.md, written by the benchmark and by nobody else."""

from collections.abc import Iterable

from benchmarks.ratios import Row, Spread

HEAD = """\
# Performance

Written by `make bench`; not to be edited by hand. All contenders of a part took turns on one machine, round by round.
A ratio is our time over the peer's in the same round: below 1 we are faster. Times are medians (least–most).
Seconds of fetch and join leave out the start of Python; those of the night and of start-up leave out nothing.
Peak memory is that of the largest process, as the operating system counts it (`wait4`); processor is user and system.

![ratios](performance.svg)
"""


def page(rows: Iterable[Row], memory: Iterable[str], machine: dict[str, str], file: str) -> str:
    """The whole page."""
    facts = "\n".join(f"- {title}: {words}" for title, words in {**machine, "raw file": file}.items())
    return f"{HEAD}\n{facts}\n\n{_table(rows)}\n\n## Memory\n\n{_list(memory)}\n"


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
