from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retailsync_assets.reporting.scales import axis_of, log_share
from retailsync_assets.reporting.timeline import TimelineStage

AT = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
ROOM_OF_A_TICK = 13
"""Per cent of the axis: on paper, where it is narrowest, a label and a gap."""
INSTANTS = st.datetimes(datetime(2026, 10, 20), datetime(2026, 11, 3), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("minutes", "window", "late"),
    [(0, 30, 0), (29, 30, 0), (30, 30, 0), (31, 30, 1), (95, 30, 65), (-1, 30, -1), (-90, None, -90), (90, None, 0)],
)
def test_by_whole_minutes(minutes: int, window: int | None, late: int) -> None:
    until = None if window is None else AT + timedelta(minutes=window)
    ended = AT + timedelta(minutes=minutes)
    assert TimelineStage("", AT, until, ended, ended).minutes_late == late


def test_what_has_no_plan_or_no_end_is_none_of_these() -> None:
    assert TimelineStage("", None, None, AT, AT).minutes_late is None
    assert TimelineStage("", AT, AT, None, None).minutes_late is None


def test_what_may_come_at_any_time_until_an_instant_is_late_after_it() -> None:
    late = [
        TimelineStage("", None, AT, None, AT + timedelta(minutes=minutes)).minutes_late for minutes in (-300, 0, 12)
    ]
    assert late == [0, 0, 12]


@given(
    st.lists(INSTANTS, min_size=1, max_size=8),
    st.sampled_from(["America/New_York", "Europe/Berlin", "Asia/Kolkata", "UTC"]),
)
def test_every_instant_and_every_tick_lies_on_the_axis_in_order(instants: list[datetime], zone: str) -> None:
    axis = axis_of(instants)
    places = [axis.at(instant) for instant in sorted(instants)]
    assert all(0 <= place <= 100 for place in places)
    assert all(before <= after for before, after in pairwise(places))
    ticks = axis.ticks(ZoneInfo(zone))
    assert all(tick.minute == 0 and 0 <= axis.at(tick) <= 100 for tick in ticks)
    apart = [later - earlier for earlier, later in pairwise(axis.at(tick) for tick in ticks)]
    assert all(each >= ROOM_OF_A_TICK for each in apart)


def test_one_key_can_be_seen_beside_five_million() -> None:
    assert 4 < log_share(1, 5_200_000) < log_share(107, 5_200_000) < log_share(5_200_000, 5_200_000) == 100
