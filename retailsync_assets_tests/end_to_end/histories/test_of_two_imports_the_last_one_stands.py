"""5,000 random nights in which HotWax's two imports overlap: every SKU-location is set once and deducted once."""

from pathlib import Path

import pytest

from retailsync_assets_tests.end_to_end.histories.overlapping import Judged, play_overlaps
from retailsync_assets_tests.end_to_end.histories.site import site
from retailsync_assets_tests.servers.mariadb import MariaDB

NIGHTS = 5_000
ODD = (
    "two parts",
    "overlap",
    "whole seconds",
    "one moment",
    "restarted",
    "never counted",
    "VAR_EXT_RESET changed nothing",
)
pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module", params=["SQLite", "MariaDB"])
def judged(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Judged:
    folder: Path = tmp_path_factory.mktemp("overlaps")
    if request.param == "SQLite":
        url = f"sqlite:///{folder / 'oms.db'}"
    else:
        server: MariaDB = request.getfixturevalue("mariadb")
        url = server.database()
    return play_overlaps(site(folder), url, folder, NIGHTS, seed=1)


def test_never_too_many_and_exact_where_anything_tells(judged: Judged) -> None:
    assert judged.wrong[:5] == []


def test_that_says_something(judged: Judged) -> None:
    assert {what: judged.happened[what] >= 100 for what in ODD} == dict.fromkeys(ODD, True)
    assert 0.2 * judged.shelves < judged.again < 0.8 * judged.shelves
    assert judged.doubtful < 0.15 * judged.shelves
    assert judged.exact > 0.9 * judged.shelves
