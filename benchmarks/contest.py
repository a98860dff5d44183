"""Contenders take turns, round by round, so that a noisy hour hits all of them alike."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
STOPWATCH = [sys.executable, "-I", "-S", str(Path(__file__).with_name("stopwatch.py"))]
LONGEST_SECONDS = 300


@dataclass(frozen=True)
class Contender:
    """A program to measure. `prepare` runs before each round, off the clock, and may answer environment variables.

    A program may print `{"seconds": …}` itself, to leave out its imports, and `"rows"`, which have to agree.
    """

    name: str
    command: Sequence[str | Path]
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    prepare: Callable[[], Mapping[str, str]] = dict
    verify: Callable[[], object] = lambda: None
    exits: tuple[int, ...] = (0,)


@dataclass(frozen=True)
class Run:
    """One measurement: seconds on the clock, seconds of processor, peak memory of the largest process, rows made."""

    seconds: float
    processor: float
    peak_bytes: int
    rows: int | None


Results = dict[str, list[Run]]


def compete(contenders: Sequence[Contender], rounds: int, seconds: float) -> Results:
    """So many rounds, fewer if they would not end within `seconds`, but one; the order turns by one each round."""
    results: Results = {contender.name: [] for contender in contenders}
    started, longest = time.monotonic(), 0.0
    for number in range(rounds):
        began = time.monotonic()
        if number and began + longest > started + seconds:
            break
        turn = number % len(contenders)
        for contender in (*contenders[turn:], *contenders[:turn]):
            run = measure(contender)
            print(f"  {contender.name}: {run.seconds:.2f} s, {run.peak_bytes >> 20} MiB", flush=True)
            results[contender.name].append(run)
        longest = max(longest, time.monotonic() - began)
    rows = {name: runs[0].rows for name, runs in results.items() if runs[0].rows is not None}
    if len(set(rows.values())) > 1:
        raise SystemExit(f"the contenders do not make the same rows: {rows}")
    return results


def measure(contender: Contender) -> Run:
    """One run of a contender; ends the benchmark with its last words if it fails."""
    environment = {**os.environ, **contender.environment, **contender.prepare()}
    program = subprocess.run(
        [*STOPWATCH, *map(str, contender.command)],
        cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=LONGEST_SECONDS, check=False,
    )  # fmt: skip
    if program.returncode:
        raise SystemExit(f"{contender.name} can't be measured:\n{program.stderr[-3000:]}")
    *said, accounted = program.stdout.splitlines()
    usage: dict[str, Any] = json.loads(accounted)
    if usage["exit"] not in contender.exits:
        raise SystemExit(
            f"{contender.name} ended with {usage['exit']}:\n{program.stdout[-1500:]}\n{program.stderr[-1500:]}"
        )
    contender.verify()
    own: dict[str, Any] = next((json.loads(line) for line in said if line.startswith('{"seconds"')), {})
    return Run(
        own.get("seconds", usage["seconds"]),
        own.get("processor", usage["processor"]),
        usage["peak_bytes"],
        own.get("rows"),
    )
