from datetime import UTC, datetime

import pytest

from retailsync_assets.errors import Fenced
from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets.ledger.models import Artefact, ArtefactState
from retailsync_assets_tests.ledger.states import ON, reset

NOW = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)


@pytest.fixture
def promised(ledger: Ledger) -> Artefact:
    return ledger.promise([reset(ArtefactState.NEW)], NOW)[0]


def test_the_older_worker_changes_nothing_any_more(ledger: Ledger, ledger_url: str, promised: Artefact) -> None:
    older = ledger.acquire(promised, NOW)
    newer = Ledger(ledger_url, "demo").acquire(promised, NOW)
    with pytest.raises(Fenced, match="another run has taken this delivery over"):
        ledger.move(older, NOW, state=ArtefactState.PUBLISHING)
    assert ledger.standing(ON).artefacts == (newer,)
    assert [row.what for row in ledger.history(ON)] == ["promised", "reset acquired", "reset acquired"]


def test_the_newer_one_goes_on(ledger: Ledger, ledger_url: str, promised: Artefact) -> None:
    ledger.acquire(promised, NOW)
    other = Ledger(ledger_url, "demo")
    moved = other.move(other.acquire(promised, NOW), NOW, state=ArtefactState.PUBLISHED)
    assert ledger.standing(ON).artefacts == (moved,)
    assert (moved.state, moved.epoch) == (ArtefactState.PUBLISHED, 2)


def test_while_it_is_being_published_each_worker_is_a_candidate(ledger: Ledger, promised: Artefact) -> None:
    first = ledger.acquire(promised, NOW)
    assert first.candidates == ()
    ledger.move(first, NOW, state=ArtefactState.PUBLISHING, candidates=(first.epoch,))
    assert ledger.acquire(promised, NOW).candidates == (1, 2)
    assert ledger.acquire(promised, NOW).candidates == (1, 2, 3)


def test_a_second_take_over_fences_the_first(ledger: Ledger, promised: Artefact) -> None:
    workers = [ledger.acquire(promised, NOW) for _ in range(3)]
    for worker in workers[:2]:
        with pytest.raises(Fenced):
            ledger.move(worker, NOW, reason="mine")
    assert ledger.move(workers[2], NOW, reason="mine").reason == "mine"
