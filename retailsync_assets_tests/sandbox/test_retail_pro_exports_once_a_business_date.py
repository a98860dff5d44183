from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from retailsync_assets.sandbox.retail_pro.export_schedule import business_date, next_snapshot

NEW_YORK = ZoneInfo("America/New_York")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK)


@pytest.mark.parametrize(
    "now, last, starting, expected",
    [
        ("2026-11-21 14:00", None, True, "2026-11-21 13:55"),
        ("2026-11-21 06:03", None, True, "2026-11-21 06:00:01"),
        ("2026-11-21 06:00:00.500", None, True, None),
        ("2026-11-21 06:00", None, True, "2026-11-21 05:55"),
        ("2026-11-21 14:00", "2026-11-21 13:00", True, None),
        ("2026-11-21 14:00", "2026-11-21 05:00", True, "2026-11-21 13:55"),
        ("2026-11-21 14:00", "2026-11-21 05:00", False, None),
        ("2026-11-22 00:29", "2026-11-21 05:00", False, None),
        ("2026-11-22 00:30", "2026-11-21 05:00", False, "2026-11-22 00:25"),
        ("2026-11-22 00:31", "2026-11-22 00:25", False, None),
    ],
)
def test_a_world_that_starts_has_its_file_at_once_and_then_one_after_each_midnight(
    now: str, last: str | None, starting: bool, expected: str | None
) -> None:
    snapshot = next_snapshot(local(now), None if last is None else local(last), starting=starting)
    assert snapshot == (None if expected is None else local(expected))


@pytest.mark.parametrize(
    "instant, date",
    [
        ("2026-11-21 06:00:00", "2026-11-21"),
        ("2026-11-21 06:00:01", "2026-11-22"),
        ("2026-11-01 01:30", "2026-11-01"),
        ("2026-03-08 03:30", "2026-03-08"),
    ],
)
def test_a_snapshot_belongs_to_the_first_cut_off_at_or_after_it(instant: str, date: str) -> None:
    assert business_date(local(instant)).isoformat() == date
