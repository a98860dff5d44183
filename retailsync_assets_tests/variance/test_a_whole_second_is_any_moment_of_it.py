"""When a key was reset, at the latest: what was shipped by then is deducted."""

from datetime import date
from pathlib import Path

import pytest

from retailsync_assets.config.home import Home
from retailsync_assets.resources.lake import Lake, fetch_dicts

ON = date(2026, 11, 21)
KEY = {"facility_id": "F1", "product_id": "P1"}


def reset_at(folder: Path, applied_at: str | None, now: str = "2026-11-21 09:00:00", *, exact: bool = True) -> str:
    lake = Lake(Home(folder), "demo")
    with lake.get_connection() as duck:
        lake.load(duck, "filtered_reset", "filtered_reset", [KEY])
        applied = {**KEY, "applied": True, "applied_at": applied_at, "earliest_at": applied_at}
        lake.load(duck, "applied_reset", "applied_reset", [applied] if applied_at else [])
        (row,) = fetch_dicts(lake.run_query(duck, "variance/reset_keys", now=now, evidence=exact))
    return str(row["reset_at"])


@pytest.mark.parametrize(
    ("applied_at", "latest"),
    [
        ("2026-11-21 08:00:00", "2026-11-21 08:00:00.999999"),
        ("2026-11-21 08:00:00.000001", "2026-11-21 08:00:00.000001"),
        ("2026-11-21 08:00:00.400000", "2026-11-21 08:00:00.400000"),
        ("2026-11-21 08:00:00.999999", "2026-11-21 08:00:00.999999"),
    ],
)
def test_a_time_without_a_fraction_ends_with_its_second(tmp_path: Path, applied_at: str, latest: str) -> None:
    assert reset_at(tmp_path, applied_at) == latest


def test_before_there_is_evidence_it_is_now(tmp_path: Path) -> None:
    assert reset_at(tmp_path, None, "2026-11-21 09:00:00.25", exact=False) == "2026-11-21 09:00:00.250000"
