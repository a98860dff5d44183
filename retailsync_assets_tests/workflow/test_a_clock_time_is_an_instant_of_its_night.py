from datetime import UTC, date, datetime, timedelta
from typing import Literal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from retailsync_assets.workflow.calendar import business_date, clock_time
from retailsync_assets_tests.config.sample import a_site

Name = Literal["active_products", "reset", "cut_off", "give_up"]


@pytest.mark.parametrize(
    "zone, on, name, instant",
    [
        ("America/New_York", "2026-11-21", "active_products", "2026-11-21T06:00"),
        ("America/New_York", "2026-11-21", "reset", "2026-11-21T06:30"),
        ("America/New_York", "2026-11-21", "give_up", "2026-11-21T10:55"),
        ("America/New_York", "2026-11-21", "cut_off", "2026-11-21T11:00"),
        ("America/New_York", "2026-03-08", "active_products", "2026-03-08T06:00"),  # spring: before the change
        ("America/New_York", "2026-03-08", "reset", "2026-03-08T06:30"),
        ("America/New_York", "2026-03-08", "give_up", "2026-03-08T09:55"),  # after it
        ("America/New_York", "2026-03-08", "cut_off", "2026-03-08T10:00"),
        ("America/New_York", "2026-11-01", "active_products", "2026-11-01T05:00"),  # autumn: the first 01:00
        ("America/New_York", "2026-11-01", "reset", "2026-11-01T05:30"),  # the first 01:30
        ("America/New_York", "2026-11-01", "give_up", "2026-11-01T10:55"),
        ("Asia/Kolkata", "2026-03-08", "reset", "2026-03-07T20:00"),
        ("America/El_Salvador", "2026-11-01", "reset", "2026-11-01T07:30"),
    ],
)
def test_a_local_time_is_an_instant(zone: str, on: str, name: Name, instant: str) -> None:
    expected = datetime.fromisoformat(instant).replace(tzinfo=UTC)
    assert clock_time(date.fromisoformat(on), name, a_site(time_zone=zone)) == expected


def test_in_spring_a_time_that_does_not_exist_comes_an_hour_later() -> None:
    site = a_site(schedule={"reset": "02:30"})
    assert clock_time(date(2026, 3, 8), "reset", site) == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)  # 03:30 local


@pytest.mark.parametrize(
    "name, at, day",
    [
        ("active_products", "23:30", "2026-11-20"),
        ("active_products", "06:01", "2026-11-20"),
        ("give_up", "06:00", "2026-11-21"),
        ("active_products", "00:00", "2026-11-21"),
    ],
)
def test_a_time_after_the_cut_off_is_the_evening_before(name: Name, at: str, day: str) -> None:
    site = a_site(time_zone="UTC", schedule={name: at})
    assert clock_time(date(2026, 11, 21), name, site) == datetime.fromisoformat(f"{day}T{at}").replace(tzinfo=UTC)


@given(st.dates(date(2024, 1, 1), date(2031, 1, 1)), st.times(), st.times())
def test_every_clock_time_belongs_to_its_own_business_date(on: date, cut_off: object, reset: object) -> None:
    early, late = f"{reset:%H:%M}", f"{cut_off:%H:%M}"
    assume(early != late)
    schedule = {"active_products": early, "reset": early, "give_up": late, "cut_off": late}
    site = a_site(time_zone="UTC", schedule=schedule)
    assert business_date(clock_time(on, "reset", site), site) == on


def test_the_night_of_spring_is_an_hour_shorter() -> None:
    site = a_site()
    lengths = [
        clock_time(on, "cut_off", site) - clock_time(on - timedelta(days=1), "cut_off", site)
        for on in (date(2026, 3, 7), date(2026, 3, 8), date(2026, 11, 1))
    ]
    assert lengths == [timedelta(hours=24), timedelta(hours=23), timedelta(hours=25)]
