import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from retailsync_assets.config.home import Home
from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets_tests.cli.command import Answer, Retailsync
from retailsync_assets_tests.resources.conftest import lake as lake


@dataclass(frozen=True)
class Played:
    """A demo that was played once, in an empty folder, with the installed wheel."""

    retailsync: Retailsync
    answer: Answer
    on: date

    @property
    def state(self) -> Path:
        return self.retailsync.home / ".retailsync"

    @property
    def ledger(self) -> Ledger:
        return Ledger(Home(self.state).ledger_url, "demo")

    def night(self, days_later: int) -> str:
        """Another night of the same home, for tests that change something."""
        return str(self.on + timedelta(days=days_later))


@pytest.fixture(scope="session")
def played(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Played:
    retailsync = Retailsync(installed, tmp_path_factory.mktemp("played"))
    answer = retailsync.started("demo", "--lines", "5000")
    night = re.search(r"nightly run for (\d{4}-\d\d-\d\d)", answer.out)
    assert night is not None, f"{answer.out}\n{answer.err}"
    return Played(retailsync, answer, date.fromisoformat(night[1]))


@pytest.fixture
def new(installed: Path, tmp_path: Path) -> Retailsync:
    """The command in an empty folder."""
    return Retailsync(installed, tmp_path)
