"""One SKU-location, its reset, and the two variance files of `with_reset`, as HotWax's imports may go.

HotWax takes a file, applies the key's row at some moment, and ends the import at a later one; it may crash before the
row, and run again. The pipeline sees logs and rows, and decides whether a second file deducts once more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

LYING, LIVE, APPLIED, FINISHED, CRASHED = "lying", "live", "applied", "finished", "crashed"
UNDECIDED, NOTHING = "undecided", "nothing due"
FILES = ("reset", "first", "second")


class Imports(NamedTuple):
    """`deducted` counts what was deducted since the key was set; `stands`: the first file's row came after that."""

    reset: str = LYING
    first: str = LYING
    second: str = UNDECIDED
    is_set: bool = False
    deducted: int = 0
    stands: bool = False
    ended_after_reset: bool = False
    seen_crashed: bool = False
    given_up: bool = False
    crashes: int = 2

    @property
    def told(self) -> bool:
        """The first file was given up while it had crashed, and HotWax applied it after all: a person hears of that."""
        return self.given_up and self.first in (APPLIED, FINISHED)

    @property
    def complete(self) -> bool:
        over = self.first == FINISHED or (self.first == CRASHED and self.given_up)
        return self.reset == FINISHED and over and self.second in (NOTHING, FINISHED)


@dataclass(frozen=True)
class Judgement:
    """What makes it hold; False takes that ingredient out."""

    per_key: bool = True
    waits_for_what_was_taken: bool = True
    a_restart_is_live: bool = True
    waits_for_the_reset: bool = True

    def steps(self, now: Imports) -> Iterator[Imports]:
        """What may happen next: HotWax goes on with a file, or the pipeline looks or decides."""
        for file in FILES:
            yield from _hotwax(now, file)
        if now.first == CRASHED:
            yield now._replace(seen_crashed=True)
        elif now.seen_crashed and self.a_restart_is_live:
            yield now._replace(seen_crashed=False)
        given_up = now.first == CRASHED if self.a_restart_is_live else now.seen_crashed
        if now.second == NOTHING and given_up:
            yield now._replace(second=LYING, given_up=now.first == CRASHED)
        if now.second == UNDECIDED and (now.reset == FINISHED or not self.waits_for_the_reset):
            yield from self._decide(now, given_up)

    def _decide(self, now: Imports, given_up: bool) -> Iterator[Imports]:
        if now.first in (LIVE, APPLIED) and self.waits_for_what_was_taken and not given_up:
            return
        if given_up:
            yield now._replace(second=LYING, given_up=now.first == CRASHED)
            return
        stands = now.stands if self.per_key else now.ended_after_reset
        counts = now.first != FINISHED or stands
        yield now._replace(second=NOTHING if counts else LYING)


def _hotwax(now: Imports, file: str) -> Iterator[Imports]:
    state: str = getattr(now, file)
    if state == LYING:
        yield now._replace(**{file: LIVE})
    elif state == LIVE:
        yield _applied(now, file)
        if now.crashes:
            yield now._replace(**{file: CRASHED}, crashes=now.crashes - 1)
    elif state == APPLIED:
        ended = {"ended_after_reset": now.reset == FINISHED} if file == "first" else {}
        yield now._replace(**{file: FINISHED}, **ended)
    elif state == CRASHED:
        yield now._replace(**{file: LIVE})


def _applied(now: Imports, file: str) -> Imports:
    if file == "reset":
        return now._replace(reset=APPLIED, is_set=True, deducted=0, stands=False)
    stands = {"stands": now.is_set} if file == "first" else {}
    return now._replace(**{file: APPLIED}, deducted=now.deducted + 1, **stands)


def wrong_ends(judgement: Judgement) -> tuple[int, dict[str, Imports]]:
    """How many states there are, and the first of each kind in which the night is complete, wrong, and nobody told."""
    seen, front, wrong = {Imports()}, [Imports()], dict[str, Imports]()
    while front:
        following = list[Imports]()
        for state in front:
            if state.complete and not state.told and state.deducted != 1:
                wrong.setdefault("not deducted" if state.deducted < 1 else "deducted twice", state)
            for after in judgement.steps(state):
                if after not in seen:
                    seen.add(after)
                    following.append(after)
        front = following
    return len(seen), wrong
