"""In a new folder a command that only looks answers as if nothing had run yet, and leaves the folder as it was."""

from pathlib import Path

import pytest

from retailsync_assets_tests.cli.command import Retailsync
from retailsync_assets_tests.config.sample import deployment

KEY = ("--upc", "611000200071", "--store", "NYC01")
LOOKING = {
    "status": ["status", "demo"],
    "plan": ["plan", "demo"],
    "explain": ["explain", "demo", *KEY],
    "doctor": ["doctor", "demo"],
    "query": ["query", "demo", "FROM applied_inventory"],
}


def lying(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.mark.parametrize("command", LOOKING)
def test_of_the_demo_that_was_never_played(new: Retailsync, command: str) -> None:
    answer = new(*LOOKING[command])
    assert answer.code == 0, answer.out + answer.err
    assert lying(new.home) == []


@pytest.mark.parametrize("command", ["status", "query", "doctor"])
def test_of_a_site_that_has_never_run(new: Retailsync, command: str) -> None:
    """Nobody listens at the sample's servers; its home is there, and empty."""
    sites = deployment(new.home)
    (new.home / "state").mkdir()
    before = lying(new.home)
    answer = new(*LOOKING[command], RETAILSYNC_SITES=sites, RETAILSYNC_HOME=new.home / "state")
    assert answer.code == (1 if command == "doctor" else 0), answer.err
    assert lying(new.home) == before


def test_of_a_ledger_of_its_own(new: Retailsync) -> None:
    answer = new("status", "demo", RETAILSYNC_LEDGER=f"sqlite:///{new.home}/books.db")
    assert (answer.code, lying(new.home)) == (0, [])
