from datetime import UTC, datetime

import pytest

from retailsync_assets.errors import Fenced
from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets.ledger.models import Delivery, DeliveryState
from retailsync_assets_tests.ledger.states import ON, reset

NOW = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)


@pytest.fixture
def promised(ledger: Ledger) -> Delivery:
    return ledger.register([reset(DeliveryState.NEW)], NOW)[0]


def test_the_older_worker_changes_nothing_any_more(ledger: Ledger, ledger_url: str, promised: Delivery) -> None:
    older = ledger.take_over(promised, NOW)
    newer = Ledger(ledger_url, "demo").take_over(promised, NOW)
    with pytest.raises(Fenced, match="another run has taken this delivery over"):
        ledger.update(older, NOW, state=DeliveryState.PUBLISHING)
    assert ledger.night_state(ON).deliveries == (newer,)
    assert [row.what for row in ledger.history(ON)] == ["promised", "reset acquired", "reset acquired"]


def test_the_newer_one_goes_on(ledger: Ledger, ledger_url: str, promised: Delivery) -> None:
    ledger.take_over(promised, NOW)
    other = Ledger(ledger_url, "demo")
    moved = other.update(other.take_over(promised, NOW), NOW, state=DeliveryState.PUBLISHED)
    assert ledger.night_state(ON).deliveries == (moved,)
    assert (moved.state, moved.epoch) == (DeliveryState.PUBLISHED, 2)


def test_while_it_is_being_published_each_worker_is_a_candidate(ledger: Ledger, promised: Delivery) -> None:
    first = ledger.take_over(promised, NOW)
    assert first.candidates == ()
    ledger.update(first, NOW, state=DeliveryState.PUBLISHING, candidates=(first.epoch,))
    assert ledger.take_over(promised, NOW).candidates == (1, 2)
    assert ledger.take_over(promised, NOW).candidates == (1, 2, 3)


def test_a_second_take_over_fences_the_first(ledger: Ledger, promised: Delivery) -> None:
    workers = [ledger.take_over(promised, NOW) for _ in range(3)]
    for worker in workers[:2]:
        with pytest.raises(Fenced):
            ledger.update(worker, NOW, reason="mine")
    assert ledger.update(workers[2], NOW, reason="mine").reason == "mine"
