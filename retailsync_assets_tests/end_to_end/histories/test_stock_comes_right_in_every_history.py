"""Random histories, counted unit by unit, through the SQL of the variance: 5,000 here, more in `make soak`."""

from pathlib import Path

import pytest

from retailsync_assets_tests.end_to_end.histories.count import Count
from retailsync_assets_tests.end_to_end.histories.playing import play
from retailsync_assets_tests.end_to_end.histories.site import site
from retailsync_assets_tests.servers.mariadb import MariaDB

HISTORIES = 5_000
pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module", params=["SQLite", "MariaDB"])
def count(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Count:
    folder: Path = tmp_path_factory.mktemp("histories")
    if request.param == "SQLite":
        url = f"sqlite:///{folder / 'oms.db'}"
    else:
        server: MariaDB = request.getfixturevalue("mariadb")
        url = server.database()
    return play(site(folder), url, folder, HISTORIES, seed=1)


def test_hotwax_ends_with_what_stands_on_every_shelf(count: Count) -> None:
    assert count.wrong[:5] == []


def test_that_says_something(count: Count) -> None:
    """Nearly every shelf has to end exactly, many are deducted from, and tills move some in between."""
    assert count.shelves == 6 * HISTORIES
    assert count.exact > 0.9 * count.shelves
    assert count.not_to_be_known < 0.1 * count.shelves
    assert min(count.deducted, count.moved_by_tills, count.replayed) > HISTORIES / 10


def test_every_oddity_of_hotwaxs_rows_is_there_by_the_hundred(count: Count) -> None:
    assert len(count.seen) >= 7
    assert min(count.seen.values()) >= HISTORIES / 50


def test_the_documented_rule_does_not_come_right(count: Count) -> None:
    assert 0 < count.documented_oversold <= count.documented_wrong
