import json
from datetime import UTC, datetime, timedelta

from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets.ledger.models import Hold
from retailsync_assets_tests.ledger.states import ON

NOW = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
ROWS = Hold("raw_rows_drop", "snapshot", "the raw file has 10 rows, the median is 20", NOW, figures="10 of 20")
FIRST = Hold("first_night", "snapshot", "nothing to compare with", NOW)


def test_it_stands_in_the_hold_and_in_the_journal(ledger: Ledger) -> None:
    ledger.raise_hold(ON, ROWS)
    ledger.approve(ON, "ada", "stores closed for good", LATER)
    (hold,) = ledger.night_state(ON).holds
    assert (hold.approved_by, hold.approved_at, hold.approval) == ("ada", LATER, "stores closed for good")
    entry = ledger.history(ON)[-1]
    assert (entry.what, entry.at) == ("approved", LATER)
    assert json.loads(entry.detail) == {
        "cause": "raw_rows_drop", "subject": "snapshot", "who": "ada", "why": "stores closed for good",
        "reason": ROWS.reason, "figures": "10 of 20",
    }  # fmt: skip


def test_every_open_hold_is_released_and_told(ledger: Ledger) -> None:
    for hold in (ROWS, FIRST):
        ledger.raise_hold(ON, hold)
    released = ledger.approve(ON, "ada", "seen", LATER)
    assert {hold.cause for hold in released} == {"raw_rows_drop", "first_night"}
    assert ledger.night_state(ON).open_holds == ()
    assert ledger.approve(ON, "bob", "seen too", LATER) == []
    assert {hold.approved_by for hold in ledger.night_state(ON).holds} == {"ada"}


def test_what_was_approved_is_not_held_again_and_what_is_new_is(ledger: Ledger) -> None:
    ledger.raise_hold(ON, ROWS)
    ledger.approve(ON, "ada", "seen", LATER)
    ledger.raise_hold(ON, ROWS)
    assert ledger.night_state(ON).open_holds == ()
    ledger.raise_hold(ON, Hold(ROWS.cause, "another snapshot", ROWS.reason, LATER))
    assert [hold.subject for hold in ledger.night_state(ON).open_holds] == ["another snapshot"]


def test_another_night_and_another_site_stay_held(ledger: Ledger, ledger_url: str) -> None:
    other, tomorrow = Ledger(ledger_url, "other"), ON + timedelta(days=1)
    ledger.raise_hold(ON, ROWS)
    ledger.raise_hold(tomorrow, ROWS)
    other.raise_hold(ON, ROWS)
    ledger.approve(ON, "ada", "seen", LATER)
    assert len(ledger.night_state(tomorrow).open_holds) == 1
    assert len(other.night_state(ON).open_holds) == 1
