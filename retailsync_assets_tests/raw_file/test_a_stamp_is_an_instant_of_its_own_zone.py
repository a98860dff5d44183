from datetime import datetime

import pytest

from retailsync_assets.raw_file.file_name import parse_name
from retailsync_assets_tests.config.sample import a_site


def as_of(stamp: str, zone: str) -> str:
    site = a_site(retail_pro={"as_of_time_zone": zone})
    name = parse_name(site, f"RetailPro_Inventory_{site.subsidiary}_{stamp}.csv")
    assert name is not None
    assert name.stamp == stamp
    return name.as_of.isoformat()


@pytest.mark.parametrize(
    ("stamp", "zone", "instant"),
    [
        ("20261121020000", "UTC", "2026-11-21T02:00:00+00:00"),
        ("20261121020000", "America/New_York", "2026-11-21T07:00:00+00:00"),
        ("20260721020000", "America/New_York", "2026-07-21T06:00:00+00:00"),
        ("20261121020000", "Asia/Kolkata", "2026-11-20T20:30:00+00:00"),
        ("20261121013000", "Pacific/Auckland", "2026-11-20T12:30:00+00:00"),
    ],
)
def test_it_is_read_in_the_zone_of_the_site(stamp: str, zone: str, instant: str) -> None:
    assert as_of(stamp, zone) == instant


@pytest.mark.parametrize(
    ("stamp", "zone", "earlier"),
    [
        ("20261101013000", "America/New_York", "2026-11-01T05:30:00+00:00"),
        ("20261101010000", "America/New_York", "2026-11-01T05:00:00+00:00"),
        ("20261101015959", "America/New_York", "2026-11-01T05:59:59+00:00"),
        ("20261025023000", "Europe/Berlin", "2026-10-25T00:30:00+00:00"),
        ("20260405023000", "Australia/Sydney", "2026-04-04T15:30:00+00:00"),
    ],
)
def test_of_two_hours_of_an_autumn_night_it_is_the_earlier(stamp: str, zone: str, earlier: str) -> None:
    assert as_of(stamp, zone) == earlier


def test_the_hours_around_them_are_there_once() -> None:
    instants = [as_of(f"202611010{hour}0000", "America/New_York") for hour in (0, 1, 2)]
    hours = [datetime.fromisoformat(instant).hour for instant in instants]
    assert hours == [4, 5, 7]
