import zoneinfo
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retailsync_assets.config.loader import Site
from retailsync_assets.workflow.calendar import business_date, clock_time
from retailsync_assets_tests.config.sample import a_site, night_before

ZONES = sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone)
INSTANTS = st.datetimes(datetime(2024, 1, 1), datetime(2031, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
SITES = st.builds(
    lambda zone, cut_off: a_site(time_zone=zone, schedule=night_before(cut_off)),
    st.sampled_from(ZONES),
    st.times(),
)


@pytest.mark.parametrize(
    "zone, instant, on",
    [
        ("America/New_York", "2026-11-21T10:59:59.999999", "2026-11-21"),
        ("America/New_York", "2026-11-21T11:00:00", "2026-11-21"),  # 06:00: the cut-off belongs to its own date
        ("America/New_York", "2026-11-21T11:00:00.000001", "2026-11-22"),
        ("America/New_York", "2026-11-21T05:00:00", "2026-11-21"),  # midnight
        ("America/New_York", "2026-11-22T04:59:59", "2026-11-22"),  # one second before midnight
        ("America/New_York", "2026-03-08T10:00:00", "2026-03-08"),  # spring: 06:00 is at 10:00 UTC now
        ("America/New_York", "2026-03-08T10:00:01", "2026-03-09"),
        ("America/New_York", "2026-03-07T11:00:00", "2026-03-07"),  # the day before it was at 11:00
        ("America/New_York", "2026-11-01T10:30:00", "2026-11-01"),  # autumn: 05:30, 06:00 is at 11:00 UTC again
        ("America/New_York", "2026-11-01T11:00:01", "2026-11-02"),
        ("America/New_York", "2026-11-01T05:30:00", "2026-11-01"),  # 01:30, the first
        ("America/New_York", "2026-11-01T06:30:00", "2026-11-01"),  # 01:30, the second
        ("Asia/Kolkata", "2026-03-08T00:30:00", "2026-03-08"),  # no summer time, half an hour off
        ("Asia/Kolkata", "2026-03-08T00:30:01", "2026-03-09"),
        ("America/El_Salvador", "2026-11-01T12:00:00", "2026-11-01"),
        ("Pacific/Kiritimati", "2026-11-20T16:00:00", "2026-11-21"),  # fourteen hours ahead
    ],
)
def test_an_instant_belongs_to_the_next_cut_off(zone: str, instant: str, on: str) -> None:
    at = datetime.fromisoformat(instant).replace(tzinfo=UTC)
    assert business_date(at, a_site(time_zone=zone)).isoformat() == on


@given(SITES, INSTANTS)
def test_it_lies_after_the_cut_off_before_and_no_later_than_its_own(site: Site, instant: datetime) -> None:
    on = business_date(instant, site)
    assert clock_time(on - timedelta(days=1), "cut_off", site) < instant <= clock_time(on, "cut_off", site)


@given(SITES, INSTANTS, st.timedeltas(timedelta(0), timedelta(days=3)))
def test_it_never_goes_back(site: Site, instant: datetime, later: timedelta) -> None:
    assert business_date(instant, site) <= business_date(instant + later, site)


@given(SITES, INSTANTS, st.sampled_from(["UTC", "Asia/Tokyo", "America/Halifax"]))
def test_it_does_not_depend_on_the_zone_in_which_the_instant_is_told(site: Site, instant: datetime, zone: str) -> None:
    assert business_date(instant.astimezone(zoneinfo.ZoneInfo(zone)), site) == business_date(instant, site)


def test_a_cut_off_that_the_clocks_skip_still_comes() -> None:
    """In Scoresbysund the last hour of 28 March 2026 does not exist, and with it this cut-off."""
    site = a_site(time_zone="America/Scoresbysund", schedule={"cut_off": "23:30"})
    assert business_date(datetime(2026, 3, 29, 1, 15, tzinfo=UTC), site) == date(2026, 3, 28)
