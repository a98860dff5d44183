import threading
from dataclasses import replace
from datetime import UTC, datetime

from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets.ledger.models import DeliveryState
from retailsync_assets_tests.ledger.states import ON, reset

NOW = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
PARTS = [reset(DeliveryState.NEW, part=part) for part in (1, 2)]


def test_it_is_entered_once_and_answered_as_it_stands(ledger: Ledger) -> None:
    first = ledger.register(PARTS, NOW)
    published = ledger.update(ledger.take_over(first[0], NOW), NOW, state=DeliveryState.PUBLISHED)
    assert ledger.register(PARTS, NOW) == (published, first[1])
    assert ledger.night_state(ON).deliveries == (published, first[1])
    assert [row.what for row in ledger.history(ON)] == ["promised", "promised", "reset acquired", "reset published"]


def test_the_bytes_first_promised_stand(ledger: Ledger) -> None:
    (first,) = ledger.register(PARTS[:1], NOW)
    (second,) = ledger.register([replace(PARTS[0], sha256="of other bytes", rows=7)], NOW)
    assert second == first


def test_the_same_name_at_another_site_is_another_file(ledger: Ledger, ledger_url: str) -> None:
    ledger.register(PARTS, NOW)
    assert len(Ledger(ledger_url, "other").register([replace(PARTS[0], site="other")], NOW)) == 1
    assert len(ledger.night_state(ON).deliveries) == 2


def test_of_many_at_once_all_are_answered_the_same(ledger: Ledger, ledger_url: str) -> None:
    answers: list[tuple[int, ...]] = []

    def promise() -> None:
        answers.append(tuple(each.id for each in Ledger(ledger_url, "demo").register(PARTS, NOW)))

    threads = [threading.Thread(target=promise) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 4
    assert len(set(answers)) == 1
    assert len(ledger.night_state(ON).deliveries) == 2
