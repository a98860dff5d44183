from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets.ledger.models import Delivery, DeliveryState, SnapshotState
from retailsync_assets_tests.ledger.states import AS_OF, ON, reset, snapshot

NOW = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
BEFORE = ON - timedelta(days=1)


def keep_night(ledger: Ledger, on: date, state: DeliveryState | None, sha256: str = "abc") -> Delivery | None:
    """A night with an accepted snapshot and, if there is a state, its reset in that state."""
    as_of = AS_OF + (on - ON)
    kept = replace(snapshot(), business_date=on, snapshot_id=f"{on}", sha256=sha256, as_of=as_of)
    ledger.record_snapshot(kept, NOW)
    if state is None:
        return None
    file = replace(reset(DeliveryState.NEW), business_date=on, file_name=f"reset_{on}.csv", snapshot_id=f"{on}")
    (promised,) = ledger.register([file], NOW)
    return ledger.update(promised, NOW, state=state)


@pytest.mark.parametrize(
    "state, released, outstanding",
    [
        (None, False, False),
        (DeliveryState.NEW, False, True),
        (DeliveryState.PUBLISHING, True, True),
        (DeliveryState.PUBLISHED, True, True),
        (DeliveryState.APPLIED, True, False),
        (DeliveryState.PARTIAL, True, False),
        (DeliveryState.REJECTED, False, False),
    ],
)
def test_what_went_out_is_the_newest_stock_sent_and_what_is_open_is_outstanding(
    sqlite_url: str, state: DeliveryState | None, released: bool, outstanding: bool
) -> None:
    ledger = Ledger(sqlite_url, "demo")
    file = keep_night(ledger, BEFORE, state)
    standing = ledger.night_state(ON)
    assert standing.last_applied_as_of == (AS_OF - timedelta(days=1) if released else None)
    assert standing.outstanding == ((file,) if outstanding else ())
    assert ledger.night_state(BEFORE).last_applied_as_of is None
    assert ledger.night_state(BEFORE).outstanding == ()
    assert [each.business_date for each in ledger.accepted_before(ON)] == ([BEFORE] if released else [])


def test_breakers_compare_with_the_last_seven_nights_newest_first(ledger: Ledger) -> None:
    nights = [ON - timedelta(days=days) for days in range(9)]
    for on in nights:
        keep_night(ledger, on, DeliveryState.APPLIED)
    assert [each.business_date for each in ledger.accepted_before(ON)] == nights[1:8]
    assert [each.business_date for each in ledger.accepted_before(nights[6])] == nights[7:]
    assert [each.business_date for each in ledger.accepted()] == nights[::-1]


def test_the_same_bytes_under_another_date_are_known(ledger: Ledger) -> None:
    keep_night(ledger, BEFORE, None)
    assert ledger.other_date_of("abc", ON) == BEFORE
    assert ledger.other_date_of("abc", BEFORE) is None
    assert ledger.other_date_of("def", ON) is None
    quarantined = replace(snapshot(SnapshotState.QUARANTINED), business_date=BEFORE, sha256="def")
    ledger.record_snapshot(quarantined, NOW)
    assert ledger.other_date_of("def", ON) is None
