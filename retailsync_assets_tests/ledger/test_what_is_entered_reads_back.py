from dataclasses import replace
from datetime import UTC, datetime

import pytest

from retailsync_assets.assets.metadata import COMPLETES
from retailsync_assets.config.jobs import FINAL_ASSET
from retailsync_assets.errors import Kind, Reason, Remedy
from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets.ledger.models import Attempt, DeliveryState, Hold, SnapshotState
from retailsync_assets_tests.ledger.states import AWAY, ON, arrival, made, reset, snapshot, variance

NOW = datetime(2026, 11, 21, 6, 30, 0, 123456, tzinfo=UTC)
LONGEST_NAME = "ü" * 251 + ".csv"
BEYOND_32_BITS = 5_000_000_000
IN_WORDS = "Größe »qty« 'quoted' \\ % :name — 🙂"
REASON = Reason(Kind.REFUSED, IN_WORDS, Remedy.FIX_THEN_RUN)


def test_a_whole_night(ledger: Ledger) -> None:
    seen = replace(arrival(name=LONGEST_NAME, size=BEYOND_32_BITS, looks=1), mtime=BEYOND_32_BITS)
    kept = replace(
        snapshot(), file_name=LONGEST_NAME, size=BEYOND_32_BITS, lines=BEYOND_32_BITS, rows=BEYOND_32_BITS,
        columns=("upc", "a,b", IN_WORDS), reason=IN_WORDS,
    )  # fmt: skip
    filtered = replace(
        made("filtered_reset"), made_at=NOW, snapshot_id=None, tables={IN_WORDS: "abc"}, deliveries=(IN_WORDS, "b.csv"),
        product_list=IN_WORDS, exact=True,
    )  # fmt: skip
    hold = Hold("cause", LONGEST_NAME, IN_WORDS, NOW, figures=IN_WORDS)
    ledger.record_inbox([seen], ON, NOW)
    ledger.record_snapshot(kept, NOW)
    ledger.record_materialization(ON, filtered)
    ledger.raise_hold(ON, hold)
    ledger.record_attempt(ON, "reset", REASON, NOW)
    promised = ledger.register([replace(reset(DeliveryState.NEW), file_name=LONGEST_NAME)], NOW)
    standing = ledger.night_state(ON)
    assert standing.arrivals == (seen,)
    assert standing.snapshots == (kept,)
    assert standing.made == {"filtered_reset": filtered}
    assert standing.holds == (hold,)
    assert standing.deliveries == promised
    assert standing.attempts == {"reset": Attempt("reset", REASON, NOW, NOW, 1)}
    assert standing.began_at == NOW
    assert ledger.first_altered() is None


def test_a_delivery_with_all_that_happens_to_it(ledger: Ledger) -> None:
    (promised,) = ledger.register([reset(DeliveryState.NEW)], NOW)
    moved = ledger.update(
        promised, NOW, state=DeliveryState.PARTIAL, published_at=NOW, left_folder_at=NOW, finished_at=NOW,
        failed_rows=3, reason=IN_WORDS, candidates=(1, 22),
    )  # fmt: skip
    assert ledger.night_state(ON).deliveries == (moved,)


def test_what_is_judged_or_made_again_replaces_what_was(ledger: Ledger) -> None:
    ledger.record_snapshot(snapshot(), NOW)
    ledger.record_snapshot(snapshot(SnapshotState.QUARANTINED), NOW)
    ledger.record_materialization(ON, made("filtered_reset"))
    ledger.record_materialization(ON, replace(made("filtered_reset"), rows=6))
    standing = ledger.night_state(ON)
    assert [each.state for each in standing.snapshots] == [SnapshotState.QUARANTINED]
    assert [each.rows for each in standing.made.values()] == [6]


@pytest.mark.parametrize("job, asset", FINAL_ASSET.items())
def test_what_a_job_is_run_for_ends_its_failures_and_no_other(ledger: Ledger, job: str, asset: str) -> None:
    for failed in FINAL_ASSET:
        ledger.record_attempt(ON, failed, AWAY, NOW)
    ledger.record_materialization(ON, made(asset), completes=COMPLETES[asset])
    assert set(ledger.night_state(ON).attempts) == set(FINAL_ASSET) - {job}


def test_a_night_without_entries_is_empty(ledger: Ledger) -> None:
    ledger.register([reset(), variance()], NOW)
    standing = ledger.night_state(ON.replace(day=22))
    assert (standing.arrivals, standing.snapshots, standing.made, standing.deliveries, standing.holds) == (
        (),
        (),
        {},
        (),
        (),
    )


def test_the_journal_has_an_entry_for_each_change(ledger: Ledger) -> None:
    (promised,) = ledger.register([reset(DeliveryState.NEW)], NOW)
    ledger.update(ledger.take_over(promised, NOW), NOW, state=DeliveryState.PUBLISHING)
    ledger.record_snapshot(snapshot(), NOW)
    ledger.record_attempt(ON, "reset", AWAY, NOW)
    for _ in range(2):  # nothing to forget is nothing to tell
        ledger.record_materialization(ON, replace(made("reset_delivery"), made_at=NOW), completes="reset")
    entries = [
        "promised",
        "reset acquired",
        "reset publishing",
        "snapshot accepted",
        "failed reset",
        "made reset_delivery",
        "came through reset",
        "made reset_delivery",
    ]
    assert [(row.what, row.at) for row in ledger.history(ON)] == [(what, NOW) for what in entries]
