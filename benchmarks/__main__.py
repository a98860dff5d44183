"""`python -m benchmarks`: measures, and writes docs/performance.md and docs/performance.svg.

`--quick` is for continuous integration: a small file, one round, the page under build/; it proves that all of it runs.
"""

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import fetching, joining, peers, start_up, whole_night
from benchmarks.chart import chart
from benchmarks.contest import PROJECT, Run
from benchmarks.ground import Ground
from benchmarks.machine import description
from benchmarks.page import page
from benchmarks.ratios import MEMORY_BUDGET_MIB, MIB, Row

LINES, FEW_LINES = 5_200_000, 100_000
ROUNDS = 5
SECONDS = 310.0
"""What all parts together may take; on a busy machine there are fewer rounds. Making the ground comes on top."""
SHARES = {"start-up": 1, "fetch": 4, "fetch, 80 ms away": 1, "join": 4, "night": 5}


def main() -> None:
    """Measure, then write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a small file, one round; writes to build/")
    parser.add_argument("--no-peers", action="store_true", help="leave out the other engines")
    options = parser.parse_args()
    with_peers = not options.no_peers and peers.install()
    machine = description(with_peers=with_peers)
    rounds, lines = (1, FEW_LINES) if options.quick else (ROUNDS, LINES)
    started = time.monotonic()
    rows, memory, file = _measured(lines, rounds, with_peers=with_peers)
    if options.quick:
        machine["quick"] = "one round on a small file: it proves that the benchmark runs, and says nothing of budgets"
    machine["took"] = f"{time.monotonic() - started:.0f} s"
    target = PROJECT / "build" / "bench-quick" if options.quick else PROJECT / "docs"
    _write(target, page(rows, memory, machine, file), chart(rows))


def _measured(lines: int, rounds: int, *, with_peers: bool) -> tuple[list[Row], list[str], str]:
    ground, small = _ground("bench", lines), _ground("bench-small", lines // 10)
    try:
        print("a tenth of the file, for its memory", flush=True)
        _, little = whole_night.one_night(small, whole_night.used_home(small))
        used = whole_night.used_home(ground)
        night, much = whole_night.one_night(ground, used)
        parts: dict[str, Callable[[float], list[Row]]] = {
            "start-up": lambda seconds: start_up.rows(night, rounds, seconds),
            "fetch": lambda seconds: fetching.rows(ground, rounds, seconds),
            "fetch, 80 ms away": lambda seconds: fetching.far_rows(ground, rounds, seconds),
            "join": lambda seconds: joining.rows(ground, night, rounds, seconds, with_peers=with_peers),
            "night": lambda seconds: whole_night.rows(ground, used, rounds, seconds),
        }
        rows: list[Row] = []
        end, shares = time.monotonic() + SECONDS, sum(SHARES.values())
        for title, measured in parts.items():
            seconds = (end - time.monotonic()) * SHARES[title] / shares
            print(f"{title}: at most {rounds} rounds, about {seconds:.0f} s", flush=True)
            rows += measured(seconds)
            shares -= SHARES[title]
        size = f"{ground.raw.stat().st_size / 1e6:.0f} MB, {lines:,} lines, {len(ground.delivered())} reset delivered"
        return rows, _memory(little, much, rows), size
    finally:
        ground.close()
        small.close()


def _ground(name: str, lines: int) -> Ground:
    return Ground(PROJECT / "build" / name, lines)


def _memory(little: Run, much: Run, rows: list[Row]) -> list[str]:
    """What performance.md asks of memory."""
    most = max(much.peak_bytes // MIB, *(row.our_peak_mib for row in rows))
    growth = much.peak_bytes / little.peak_bytes
    judgement = "holds" if most <= MEMORY_BUDGET_MIB else "missed"
    few, many = (f"{run.peak_bytes // MIB} MiB, {run.seconds:.1f} s" for run in (little, much))
    return [
        f"The most that any of ours took: {most} MiB; budget {MEMORY_BUDGET_MIB} MiB: {judgement}.",
        f"`retailsync run` on a tenth of the file: {few}; on the whole: {many}. Memory grows {growth:.2f}-fold.",
    ]


def _write(folder: Path, text: str, picture: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "performance.md").write_text(text, encoding="utf-8")
    (folder / "performance.svg").write_text(picture, encoding="utf-8")
    print(f"written: {folder.relative_to(PROJECT)}/performance.md and .svg")


if __name__ == "__main__":
    main()
