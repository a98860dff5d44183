import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from retailsync_assets.ledger.models import Hold
from retailsync_assets.sandbox.setup import create
from retailsync_assets_tests.cli.command import Retailsync
from retailsync_assets_tests.cli.conftest import Played


@pytest.fixture(scope="module")
def other(played: Played, tmp_path_factory: pytest.TempPathFactory) -> Retailsync:
    home = tmp_path_factory.mktemp("other")
    create(home / ".retailsync/sandbox", lines=2500)
    return Retailsync(played.retailsync.bin, home)


def port(state: Path) -> int:
    return tomllib.loads((state / "sandbox/sites.toml").read_text())["sites"]["demo"]["hotwax"]["sftp"]["port"]


def test_a_night_of_one_is_none_of_the_others(played: Played, other: Retailsync) -> None:
    night = other("status", "demo", "--date", str(played.on), "--json").document
    assert not {stage["state"] for stage in night["stages"]} & {"done", "held"}
    assert port(other.home / ".retailsync") != port(played.state)


def test_an_approval_in_one_releases_nothing_in_the_other(played: Played, other: Retailsync) -> None:
    on = played.on.replace(year=played.on.year - 1)
    played.ledger.raise_hold(on, Hold("keys_changed", "snapshot", "many keys change", datetime(2025, 1, 1, tzinfo=UTC)))
    assert other("approve", "demo", "--date", str(on), "--reason", "mine").code == 1
    assert len(played.ledger.night_state(on).open_holds) == 1


def test_retailsync_home_names_one_wherever_it_is_typed(played: Played, tmp_path: Path) -> None:
    elsewhere = Retailsync(played.retailsync.bin, tmp_path)
    answer = elsewhere("status", "demo", "--date", str(played.on), "--json", RETAILSYNC_HOME=played.state)
    assert answer.document["state"] == "complete"
    assert list(tmp_path.iterdir()) == []
