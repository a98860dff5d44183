from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from retailsync_assets.config.home import Home
from retailsync_assets.ledger.models import Snapshot, SnapshotState
from retailsync_assets.raw_file.retention import delete_expired, expired
from retailsync_assets.resources.clock import Clock
from retailsync_assets.resources.site import SiteResources, site_resources
from retailsync_assets_tests.config.sample import a_site

TODAY = date(2026, 11, 21)


class Noon(Clock):
    def now(self) -> datetime:
        return datetime(2026, 11, 21, 9, tzinfo=UTC)


def snapshot(days_ago: float, state: SnapshotState = SnapshotState.ACCEPTED, sha256: str = "") -> Snapshot:
    on = TODAY - timedelta(days=days_ago)
    as_of = datetime.combine(on, datetime.min.time(), tzinfo=UTC)
    sha256 = sha256 or f"{days_ago:064.0f}"
    name = f"RetailPro_Inventory_1_{on:%Y%m%d}{len(state):06}.csv"
    return Snapshot(on, f"s{days_ago}{state}", name, sha256, as_of, 1, 1, 2, 1, 0, ("upc",), state, "")


@pytest.mark.parametrize(
    "ages, days, gone",
    [
        (range(40), 30, range(39, 30, -1)),  # a night each: the last thirty days stay
        (range(100, 120), 30, range(119, 106, -1)),  # none in three months: the last seven stay
        (range(40), 3, range(39, 6, -1)),  # kept for less than seven nights: seven stay all the same
        (range(7), 1, range(0)),
    ],
)
def test_by_age_but_for_the_last_seven_accepted(ages: range, days: float, gone: range) -> None:
    found = expired([snapshot(age) for age in ages], days, TODAY)
    assert [(TODAY - each.business_date).days for each in found] == list(gone)


def test_what_was_quarantined_goes_by_age_alone() -> None:
    every = [snapshot(age, SnapshotState.QUARANTINED, f"{age:063}f") for age in (40, 10)]
    assert list(expired([*every, snapshot(50)], 30, TODAY)) == every[:1]


def test_the_bytes_of_a_kept_night_stay_under_whatever_name_they_came_before() -> None:
    same = "a" * 64
    assert list(expired([snapshot(90, SnapshotState.SUPERSEDED, same), snapshot(1, sha256=same)], 30, TODAY)) == []


def test_a_refused_file_has_no_bytes() -> None:
    refused = Snapshot(**{**vars(snapshot(90, SnapshotState.REFUSED)), "sha256": ""})
    assert list(expired([refused], 30, TODAY)) == []


@pytest.fixture
def resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SiteResources:
    monkeypatch.delenv("RETAILSYNC_LEDGER", raising=False)
    return site_resources(a_site(), Home(tmp_path), Noon())


def test_the_journal_tells_of_each_deletion(resources: SiteResources) -> None:
    landing = resources.home.folder_for("landing", "demo")
    for age in range(100, 109):
        resources.ledger.record_snapshot(snapshot(age), resources.now())
        (landing / f"{age:064}.csv").touch()
    (landing / f"{108:064}.utf-8.csv").touch()
    (landing / "nobodys.csv").touch()
    assert delete_expired(resources, landing) == 2
    assert {file.name for file in landing.iterdir()} == {"nobodys.csv", *(f"{age:064}.csv" for age in range(100, 107))}
    for age in (107, 108):
        told = [row.what for row in resources.ledger.history(TODAY - timedelta(days=age))]
        assert told == ["snapshot accepted", "raw file deleted"]
    assert delete_expired(resources, landing) == 0
    assert resources.ledger.first_altered() is None
