"""Every state that can be reached, breadth first, and whether one of them loses the file or delivers it twice."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from retailsync_assets_tests.delivery.model.protocol import IDLE, PUBLISHED, Protocol, State, Worker, rename

LONGEST = 40
"""Steps that a worker takes at most when nothing disturbs it."""


@dataclass
class Found:
    """How many states there are, and the shortest way to each kind of wrong: `loss`, `double`, or `stuck`."""

    states: int = 0
    wrong: dict[str, list[State]] = field(default_factory=dict[str, list[State]])


def search(protocol: Protocol, workers: int, epochs: int) -> Found:
    """Workers are alike, so their order does not count; each may be killed, or not be heard of, for ever."""
    first = State(workers=(IDLE,) * workers)
    came_from: dict[State, State | None] = {first: None}
    found, front = Found(), [first]
    while front:
        following: list[State] = []
        for state in front:
            wrong = ends_wrong(protocol, state)
            if wrong and wrong not in found.wrong:
                found.wrong[wrong] = way_to(state, came_from)
            if state.delivered > 1:
                continue
            for after in successors(protocol, state, epochs):
                if after not in came_from:
                    came_from[after] = state
                    following.append(after)
        front = following
    found.states = len(came_from)
    return found


def successors(protocol: Protocol, state: State, epochs: int) -> Iterator[State]:
    """What may happen next: HotWax takes the file, the server does what a dead worker asked, a worker moves or dies."""
    if state.out:
        yield state._replace(out=False, taken=state.taken + 1)
    for request in state.late:
        yield rename(state._replace(late=state.late - {request}), *request)
    for place, worker in enumerate(state.workers):
        if place and worker == state.workers[place - 1]:
            continue
        others = state.workers[:place] + state.workers[place + 1 :]
        if worker != IDLE:
            yield with_worker(state, others, IDLE)
            if request := protocol.underway(worker):
                yield with_worker(state._replace(late=state.late | {request}), others, IDLE)
        elif state.epoch == epochs:
            continue
        for after, then in protocol.steps(state, worker):
            yield with_worker(after, others, then)


def with_worker(state: State, others: tuple[Worker, ...], worker: Worker) -> State:
    return state._replace(workers=tuple(sorted((*others, worker))))


def ends_wrong(protocol: Protocol, state: State) -> str:
    """Would everybody die now and one new worker come undisturbed: does HotWax get the file, and once?"""
    if state.delivered > 1:
        return "double"
    worker = IDLE
    for _ in range(LONGEST):
        if state.ledger == PUBLISHED or worker.step == "held":
            break
        state, worker = next(protocol.steps(state, worker))
    for request in state.late:
        state = rename(state, *request)
    if state.delivered > 1:
        return "double"
    if state.ledger != PUBLISHED:
        return "stuck"
    return "" if state.delivered else "loss"


def way_to(state: State | None, came_from: dict[State, State | None]) -> list[State]:
    way: list[State] = []
    while state is not None:
        way.append(state)
        state = came_from[state]
    return way[::-1]
