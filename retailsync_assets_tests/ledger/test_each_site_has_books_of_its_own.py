import threading
from datetime import UTC, datetime

import pytest

from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets.ledger.models import Hold
from retailsync_assets_tests.ledger.states import ON, arrival, hold, made, snapshot

NOW = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize("name", ["other", "Demo", "demo2"])
def test_nothing_of_one_shows_in_the_other(ledger: Ledger, ledger_url: str, name: str) -> None:
    other = Ledger(ledger_url, name)
    ledger.record_inbox([arrival()], ON, NOW)
    ledger.record_snapshot(snapshot(), NOW)
    ledger.record_materialization(ON, made("filtered_reset"))
    ledger.raise_hold(ON, hold())
    standing = other.night_state(ON)
    assert (standing.arrivals, standing.snapshots, standing.made, standing.holds) == ((), (), {}, ())
    assert other.history(ON) == []
    assert other.accepted() == []
    other.record_snapshot(snapshot(), NOW)
    assert len(ledger.accepted()) == 1


def test_workers_of_many_sites_take_turns_and_none_is_turned_away(ledger: Ledger, ledger_url: str) -> None:
    failures: list[Exception] = []

    def work(site: str) -> None:
        try:
            books = Ledger(ledger_url, site)
            for number in range(5):
                books.raise_hold(ON, Hold(f"cause {number}", site, "odd", NOW))
                books.night_state(ON)
        except Exception as failure:  # noqa: BLE001 - whatever a thread ends with is the test's to tell
            failures.append(failure)

    threads = [threading.Thread(target=work, args=(site,)) for site in ("demo", "demo", "other", "third")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(ledger.night_state(ON).holds) == 5
    assert ledger.first_altered() is None
