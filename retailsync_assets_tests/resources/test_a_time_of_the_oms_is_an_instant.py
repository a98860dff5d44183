import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from retailsync_assets.resources.oms import parse_utc


@pytest.fixture(autouse=True)
def a_machine_in_new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "America/New_York")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.parametrize(
    "value, expected",
    [
        (None, None),
        ("2026-11-21 06:40:00", datetime(2026, 11, 21, 6, 40, tzinfo=UTC)),
        ("2026-11-21 06:40:00.250000", datetime(2026, 11, 21, 6, 40, 0, 250_000, tzinfo=UTC)),
        ("2026-11-21T06:40:00Z", datetime(2026, 11, 21, 6, 40, tzinfo=UTC)),
        ("2026-11-21T01:40:00-05:00", datetime(2026, 11, 21, 6, 40, tzinfo=UTC)),
    ],
)
def test_without_a_zone_it_is_utc(value: str | None, expected: datetime | None) -> None:
    assert parse_utc(value) == expected


@pytest.mark.parametrize("value", ["", "yesterday", "2026-13-01 00:00:00"])
def test_what_is_no_time_is_an_error(value: str) -> None:
    with pytest.raises(ValueError, match=r"Invalid isoformat|month must be"):
        parse_utc(value)
