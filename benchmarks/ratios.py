"""What a contest says: a row of the table, with the ratio of each round, because only neighbours in time compare."""

import statistics
from dataclasses import dataclass
from typing import Final

from benchmarks.contest import Results, Run

MIB: Final = 1 << 20
MEMORY_BUDGET_MIB: Final = 512


@dataclass(frozen=True)
class Spread:
    """A median, between the least and the most."""

    median: float
    least: float
    most: float


@dataclass(frozen=True)
class Row:
    """Ours against one peer. `budget` is the most the median ratio may be; None: no budget was set."""

    part: str
    ours: str
    peer: str
    our_seconds: Spread
    peer_seconds: Spread
    ratio: Spread
    our_processor: float
    peer_processor: float
    our_peak_mib: int
    peer_peak_mib: int
    rounds: int
    budget: float | None
    budget_in_words: str

    @property
    def judgement(self) -> str:
        """`holds`, `missed`, or a dash where there is no budget."""
        if self.budget is None:
            return "–"
        return "holds" if self.ratio.median <= self.budget else "missed"


def compare(part: str, results: Results, ours: str, peer: str, budget: float | None = None, in_words: str = "") -> Row:
    """The row of two contenders that took turns."""
    mine, theirs = results[ours], results[peer]
    return Row(
        part=part,
        ours=ours,
        peer=peer,
        our_seconds=_spread([run.seconds for run in mine]),
        peer_seconds=_spread([run.seconds for run in theirs]),
        ratio=_spread([a.seconds / b.seconds for a, b in zip(mine, theirs, strict=True)]),
        our_processor=statistics.median(run.processor for run in mine),
        peer_processor=statistics.median(run.processor for run in theirs),
        our_peak_mib=peak_mib(mine),
        peer_peak_mib=peak_mib(theirs),
        rounds=len(mine),
        budget=budget,
        budget_in_words=in_words or (f"≤ {budget:g}" if budget else "–"),
    )


def peak_mib(runs: list[Run]) -> int:
    """The most memory that any of the runs took."""
    return max(run.peak_bytes for run in runs) // MIB


def _spread(values: list[float]) -> Spread:
    return Spread(statistics.median(values), min(values), max(values))
