from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import create_engine, text

from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets_tests.ledger.states import ON, hold, made, snapshot

NOW = datetime(2026, 11, 21, 1, 30, 0, 1, tzinfo=ZoneInfo("America/New_York"))


def write(url: str, *statements: str) -> None:
    """What somebody does to the books with a database client."""
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def entered(url: str) -> Ledger:
    """Five entries, of two sites by turns."""
    ledger, other = Ledger(url, "demo"), Ledger(url, "other")
    for books in (ledger, other, ledger, other):
        books.record_snapshot(snapshot(), NOW)
    ledger.record_materialization(ON, made("filtered_reset"))
    return ledger


def test_it_verifies_as_it_was_written(ledger_url: str) -> None:
    assert entered(ledger_url).first_altered() is None


def test_an_empty_one_verifies(ledger: Ledger) -> None:
    assert ledger.first_altered() is None


@pytest.mark.parametrize(
    "statement, altered",
    [
        ("UPDATE event SET detail = '{}' WHERE id = 3", 3),
        ("UPDATE event SET actor = 'nobody' WHERE id = 1", 1),
        ("UPDATE event SET what = 'snapshot refused' WHERE id = 2", 2),
        ("UPDATE event SET site = 'other' WHERE id = 5", 5),
        ("UPDATE event SET business_date = '2026-11-22' WHERE id = 4", 4),
        ("UPDATE event SET at = '2026-11-21T06:30:00.000002Z' WHERE id = 4", 4),
        ("UPDATE event SET hash = previous WHERE id = 2", 2),
        ("DELETE FROM event WHERE id = 3", 4),
        ("DELETE FROM event WHERE id = 1", 2),
    ],
)
def test_whatever_is_altered_in_it_shows(sqlite_url: str, statement: str, altered: int) -> None:
    ledger = entered(sqlite_url)
    write(sqlite_url, statement)
    assert ledger.first_altered() == altered


def test_what_is_entered_after_an_alteration_does_not_hide_it(ledger_url: str) -> None:
    ledger = entered(ledger_url)
    write(ledger_url, "UPDATE event SET actor = 'nobody' WHERE id = 5")
    ledger.raise_hold(ON, hold())
    assert ledger.first_altered() == 5


def test_an_entry_has_the_instant_whatever_zone_it_was_told_in(ledger_url: str) -> None:
    assert entered(ledger_url).history(ON)[0].at == datetime(2026, 11, 21, 6, 30, 0, 1, tzinfo=UTC)
