"""Publishing as `delivery.publish` does it, one indivisible step at a time; every ingredient can be taken out.

A state is a tuple: the ledger's row, the epochs whose token lies in staging, whether the file lies in HotWax's folder,
how often HotWax took it, the renames of dead workers that the server has yet to carry out, and the workers. A worker
is its next step, its epoch, and the older epochs whose token it still has to try; killed, it is `IDLE`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

NEW, PUBLISHING, PUBLISHED = "new", "publishing", "published"
OUT = 0
"""HotWax's folder, where a rename may lead to beside the token of an epoch."""


class Worker(NamedTuple):
    step: str = "idle"
    epoch: int = 0
    older: tuple[int, ...] = ()

    def at(self, step: str) -> "Worker":
        return self._replace(step=step, older=())


IDLE = Worker()


class State(NamedTuple):
    ledger: str = NEW
    epoch: int = 0
    candidates: tuple[int, ...] = ()
    staged: frozenset[int] = frozenset()
    out: bool = False
    taken: int = 0
    late: frozenset[tuple[int, int]] = frozenset()
    workers: tuple[Worker, ...] = ()

    @property
    def delivered(self) -> int:
        """How often HotWax has the file or will have it."""
        return self.taken + self.out


@dataclass(frozen=True)
class Protocol:
    """What makes it hold; False takes that ingredient out."""

    epoch_check: bool = True
    oldest_first: bool = True
    rename_in_one_step: bool = True
    intent_before_rename: bool = True
    token_is_claimed: bool = True
    silence_is_no_refusal: bool = True

    def steps(self, state: State, worker: Worker) -> Iterator[tuple[State, Worker]]:
        """What this worker may do next, and where that leaves it; that it may die is not said again."""
        step, epoch = worker.step, worker.epoch
        if step == "idle" and state.ledger != PUBLISHED:
            yield self._acquire(state)
        elif step == "look":  # `_refuse_taken_name` and `_sweep`; a file that is there holds the night
            swept = state._replace(staged=frozenset(each for each in state.staged if each >= epoch))
            yield (state, worker.at("held")) if state.out else (swept, worker.at("stage"))
        elif step == "stage":
            staged = state._replace(staged=state.staged | {epoch})
            yield staged, worker.at("intent" if self.intent_before_rename else "hand over")
        elif step == "intent":
            yield self._enter(state, worker, PUBLISHING, (epoch,), worker.at("hand over"), worker.at("clear"))
        elif step == "clear":
            yield state._replace(staged=state.staged - {epoch}), IDLE
        elif step == "claim":
            yield self._claim(state, worker)
        elif step in ("hand over", "unlink"):
            yield from self._hand_over(state, worker)
        elif step == "refused":
            yield state, worker.at("unstage") if epoch in state.staged else IDLE
        elif step == "unstage":
            yield self._enter(state, worker, NEW, (), IDLE)
        elif step == "record":
            yield self._enter(state, worker, PUBLISHED, state.candidates, IDLE)

    def _acquire(self, state: State) -> tuple[State, Worker]:
        epoch = state.epoch + 1
        if state.ledger == NEW:
            return state._replace(epoch=epoch), Worker("look", epoch)
        older = state.candidates if self.oldest_first else state.candidates[::-1]
        joined = state._replace(epoch=epoch, candidates=(*state.candidates, epoch))
        return joined, Worker("claim", epoch, older)

    def _enter(
        self, state: State, mine: Worker, ledger: str, candidates: tuple[int, ...], then: Worker, fenced: Worker = IDLE
    ) -> "Step":
        if self.epoch_check and state.epoch != mine.epoch:
            return state, fenced
        return state._replace(ledger=ledger, candidates=candidates), then

    def _claim(self, state: State, worker: Worker) -> "Step":
        if not worker.older:
            return state, worker.at("record")
        first, *rest = worker.older
        if first not in state.staged:
            return state, worker._replace(older=tuple(rest))
        if self.token_is_claimed:
            return rename(state, first, worker.epoch), worker.at("hand over")
        return state._replace(staged=state.staged - {first}), worker.at("unstage")

    def _hand_over(self, state: State, worker: Worker) -> "Iterator[Step]":
        epoch = worker.epoch
        if worker.step == "unlink":
            yield state._replace(staged=state.staged - {epoch}), worker.at("record")
            return
        if epoch not in state.staged:
            yield state, IDLE
            return
        gone = rename(state, epoch, OUT)
        if self.rename_in_one_step:
            yield gone, worker.at("record")
        else:
            yield gone._replace(staged=state.staged), worker.at("unlink")
        yield state, worker.at("refused")
        if not self.silence_is_no_refusal:
            yield state._replace(late=state.late | {(epoch, OUT)}), worker.at("refused")

    def underway(self, worker: Worker) -> tuple[int, int] | None:
        """The rename that the server may carry out though the worker that asked for it is dead."""
        if worker.step == "claim" and worker.older and self.token_is_claimed:
            return worker.older[0], worker.epoch
        return (worker.epoch, OUT) if worker.step == "hand over" else None


Step = tuple[State, Worker]


def rename(state: State, source: int, target: int) -> State:
    """posix-rename: one step; nothing happens where there is no source. Over an existing file it loses one of two."""
    if source not in state.staged:
        return state
    staged = state.staged - {source}
    if target != OUT:
        return state._replace(staged=staged | {target})
    return state._replace(staged=staged, out=True, taken=state.taken + state.out)
