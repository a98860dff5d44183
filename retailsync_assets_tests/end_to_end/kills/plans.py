"""Where to kill: at one step, at a pair of steps, now or in the middle of what the step does."""

from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from random import Random
from typing import NamedTuple

from retailsync_assets_tests.end_to_end.kills.ground import Ground, Kill
from retailsync_assets_tests.end_to_end.kills.night import Played, play

LONGEST_STEP_SECONDS = 0.004


class At(NamedTuple):
    """At the step of this number; so many seconds after it was let go, if it is."""

    number: int
    seconds: float = 0.0

    def __call__(self, number: int, label: str) -> float | None:
        return self.seconds if number == self.number else None


class When(NamedTuple):
    """When a step of this label comes for the so-many-th time."""

    label: str
    time: int = 1

    def armed(self) -> Kill:
        seen = Counter[str]()

        def kill(number: int, label: str) -> float | None:
            seen[label] += 1
            return 0.0 if label == self.label and seen[label] == self.time else None

        return kill


Plan = tuple[At | When, ...]


def one_of_each(steps: Sequence[str], chance: Random) -> list[Plan]:
    """Every kind of step once, before or after it, at one of the times it came."""
    counts, moments = Counter(steps), dict[str, list[str]]()
    for label in counts:
        moments.setdefault(label.removeprefix("before ").removeprefix("after "), []).append(label)
    chosen = [chance.choice(labels) for labels in moments.values()]
    return [(When(label, chance.randint(1, counts[label])),) for label in chosen]


def every_step(steps: Sequence[str]) -> list[Plan]:
    return [(At(number),) for number in range(1, len(steps) + 1)]


def some_pairs(steps: Sequence[str], count: int, chance: Random) -> list[Plan]:
    """Two kills a night, each at any step; every second one in the middle of what the step does."""
    last = len(steps)

    def some() -> At:
        return At(chance.randint(1, last - 1), chance.choice([0.0, chance.uniform(0, LONGEST_STEP_SECONDS)]))

    return [(some(), some()) for _ in range(count)]


def play_all(grounds: Sequence[Ground], plans: Iterable[Plan]) -> list[tuple[Plan, Played]]:
    """Every plan on whichever ground is free."""
    free: SimpleQueue[Ground] = SimpleQueue()
    for ground in grounds:
        free.put(ground)

    def on_a_ground(plan: Plan) -> tuple[Plan, Played]:
        ground = free.get()
        try:
            return plan, play(ground, *(kill.armed() if isinstance(kill, When) else kill for kill in plan))
        finally:
            free.put(ground)

    with ThreadPoolExecutor(len(grounds)) as pool:
        return list(pool.map(on_a_ground, plans))
