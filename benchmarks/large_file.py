"""`python -m benchmarks.large_file`: a night at one, three and ten times the raw file of `make bench`.

Each file is the sandbox's own, every UPC in it another; `retailsync run` from a cold shell, SFTP to SFTP, as operators
run it. Takes ten minutes and 10 GB of disk, which it gives back. Writes benchmarks/measured/large_file.json.
"""

import tempfile
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.contest import PROJECT, Run
from benchmarks.ground import Ground
from benchmarks.measured import keep
from benchmarks.ratios import MEMORY_BUDGET_MIB, MIB
from benchmarks.whole_night import one_night, used_home

LINES = (5_200_000, 16_500_000, 52_000_000)
ROUNDS = 2
LINEAR = 1.15
"""How many times the processor's seconds a gigabyte may be at the last step what they were at the first."""


def main() -> None:
    """Measure, size by size, then write."""
    work = PROJECT / "build"
    work.mkdir(exist_ok=True)
    nights = list[dict[str, Any]]()
    for lines in LINES:
        with tempfile.TemporaryDirectory(dir=work, prefix="large-file-") as folder:
            nights.append(_night(Path(folder), lines))
        print(nights[-1], flush=True)
    keep("large_file", {"nights": nights})
    print(section({"nights": nights}))


def _night(folder: Path, lines: int) -> dict[str, Any]:
    ground = Ground(folder / "ground", lines)
    try:
        used, runs = used_home(ground), list[Run]()
        for _ in range(ROUNDS):
            runs.append(one_night(ground, used)[1])
        best = min(runs, key=lambda run: run.seconds)
        return {
            "lines": lines,
            "bytes": ground.raw.stat().st_size,
            "seconds": round(best.seconds, 2),
            "processor": round(best.processor, 2),
            "peak_mib": max(run.peak_bytes for run in runs) // MIB,
        }
    finally:
        ground.close()


def section(found: dict[str, Any]) -> str:
    """The part of the page on raw files that are larger than most."""
    nights: list[dict[str, Any]] = found["nights"]
    head = "| raw file | lines | s | processor s | peak MiB |\n|---|---|---|---|---|"
    table = "\n".join(
        f"| {night['bytes'] / 1e6:,.0f} MB | {night['lines']:,} | {night['seconds']:.1f} | {night['processor']:.1f} |"
        f" {night['peak_mib']} |"
        for night in nights
    )
    steps = list(pairwise(nights))
    clock, processor = ([_slope(less, more, by) for less, more in steps] for by in ("seconds", "processor"))
    most = max(night["peak_mib"] for night in nights)
    holds = "holds" if most <= MEMORY_BUDGET_MIB else "missed"
    growth = processor[-1] / processor[0]
    linear = f"{growth:.2f} times as much: {'linear' if growth <= LINEAR else 'not linear'}"
    words = (
        f"`retailsync run` from a cold shell, the quicker of {ROUNDS} runs, the larger of their peaks. A gigabyte more"
        f" takes {_steps(clock)} of the clock, which others share, and {_steps(processor)} of the processor, {linear}."
        f" The most memory: {most} MiB; budget {MEMORY_BUDGET_MIB} MiB: {holds}."
    )
    return f"{words}\n\n{head}\n{table}\n"


def _slope(less: dict[str, Any], more: dict[str, Any], by: str) -> float:
    """Seconds a gigabyte, from one file to the next larger one."""
    return (more[by] - less[by]) / (more["bytes"] - less["bytes"]) * 1e9


def _steps(slopes: list[float]) -> str:
    return ", then ".join(f"{slope:.1f} s" for slope in slopes)


if __name__ == "__main__":
    main()
