from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retailsync_assets.orchestration.partitions import nights
from retailsync_assets.workflow.calendar import business_date, clock_time
from retailsync_assets_tests.config.sample import a_site

INSTANTS = st.datetimes(datetime(2025, 6, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
FIRST = date(2026, 1, 1)
ZONES = ["America/New_York", "America/El_Salvador", "Asia/Kolkata", "Europe/Berlin", "Pacific/Auckland"]


@given(INSTANTS, st.sampled_from(ZONES), st.sampled_from(["06:00", "00:00", "05:30", "23:00"]))
def test_the_newest_is_the_night_of_any_moment(now: datetime, zone: str, cut_off: str) -> None:
    lately = (now - timedelta(days=9)).date()
    site = a_site(time_zone=zone, schedule={"cut_off": cut_off, "give_up": "05:00"})
    on = business_date(now, site)
    at_the_cut_off = now == clock_time(on, "cut_off", site)  # at that very instant the next night's is there, too
    newest = on + timedelta(days=1) if at_the_cut_off else on
    assert nights(site, lately).get_partition_keys(current_time=now)[-1] == newest.isoformat()


@pytest.mark.parametrize(
    "now, newest",
    [
        ("2026-11-21T10:59:59", "2026-11-21"),  # 05:59:59 in New York
        ("2026-11-21T11:00:01", "2026-11-22"),
        ("2026-11-01T05:30:00", "2026-11-01"),  # autumn: the first 01:30
        ("2026-11-01T06:30:00", "2026-11-01"),  # and the second
        ("2026-03-08T09:59:59", "2026-03-08"),  # spring: 05:59:59, an hour earlier in UTC
        ("2026-03-08T10:00:01", "2026-03-09"),
    ],
)
def test_the_newest_is_this_moments(now: str, newest: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert nights(a_site(), FIRST).get_partition_keys(current_time=at)[-1] == newest


@pytest.mark.parametrize(
    "zone, times, night",
    [
        ("America/New_York", ("00:10", "00:20", "01:00", "01:15"), "2026-11-01"),
        ("America/Havana", ("23:00", "23:30", "00:15", "00:30"), "2026-11-01"),
        ("Africa/Cairo", ("22:00", "22:30", "23:15", "23:30"), "2026-10-30"),
        ("Asia/Beirut", ("22:00", "22:30", "23:15", "23:30"), "2026-10-25"),
        ("America/Santiago", ("22:00", "22:30", "23:15", "23:30"), "2026-04-05"),
        ("America/New_York", ("01:00", "01:30", "02:10", "02:30"), "2026-03-08"),
    ],
)
def test_there_is_one_for_every_moment_of_the_night_that_clocks_change(
    zone: str, times: tuple[str, str, str, str], night: str
) -> None:
    names = ("active_products", "reset", "give_up", "cut_off")
    site = a_site(time_zone=zone, schedule=dict(zip(names, times, strict=True)))
    partitions, noon = nights(site, FIRST), datetime.fromisoformat(f"{night}T12:00+00:00")
    for minutes in range(-36 * 60, 36 * 60, 10):
        now = noon + timedelta(minutes=minutes)
        on = business_date(now, site)
        keys = partitions.get_partition_keys(current_time=now)
        assert on.isoformat() in keys, now
        assert keys[-1] <= (on + timedelta(days=2)).isoformat()


def test_no_day_is_left_out_and_none_comes_twice() -> None:
    keys = nights(a_site(), FIRST).get_partition_keys(current_time=datetime(2027, 1, 1, 15, tzinfo=UTC))
    assert keys == [(date(2026, 1, 1) + timedelta(days=day)).isoformat() for day in range(len(keys))]
    assert keys[-1] == "2027-01-02"
