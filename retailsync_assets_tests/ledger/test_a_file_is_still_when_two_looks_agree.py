from dataclasses import replace
from datetime import UTC, datetime

import pytest

from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets_tests.ledger.states import ON, arrival

NOW = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
SEEN = arrival(looks=1)


@pytest.mark.parametrize(
    "looks, counted",
    [
        ([SEEN], 1),
        ([SEEN, SEEN], 2),
        ([SEEN, SEEN, SEEN], 3),
        ([SEEN, replace(SEEN, size=101)], 1),
        ([SEEN, replace(SEEN, mtime=1)], 1),
        ([SEEN, SEEN, replace(SEEN, size=101)], 1),
        ([SEEN, replace(SEEN, size=101), replace(SEEN, size=101)], 2),
        ([SEEN, None, SEEN], 1),  # gone in between
    ],
)
def test_looks_count_while_size_and_time_stand(sqlite_url: str, looks: list[object], counted: int) -> None:
    ledger = Ledger(sqlite_url, "demo")
    for look in looks:
        ledger.record_inbox([look] if look else [], ON, NOW)  # pyright: ignore[reportArgumentType]
    assert [each.looks for each in ledger.night_state(ON).arrivals] == [counted]


def test_a_file_that_is_gone_is_forgotten(ledger: Ledger) -> None:
    ledger.record_inbox([SEEN], ON, NOW)
    ledger.record_inbox([], ON, NOW)
    assert ledger.night_state(ON).arrivals == ()


def test_files_are_counted_each_for_itself(ledger: Ledger) -> None:
    other = replace(SEEN, file_name="other.csv")
    ledger.record_inbox([SEEN], ON, NOW)
    ledger.record_inbox([SEEN, other], ON, NOW)
    assert {each.file_name: each.looks for each in ledger.night_state(ON).arrivals} == {
        SEEN.file_name: 2,
        "other.csv": 1,
    }
