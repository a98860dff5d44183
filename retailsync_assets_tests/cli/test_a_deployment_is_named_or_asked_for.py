"""Which sites a command works on and where their state lies: options win over variables; the demo has to be named."""

from pathlib import Path

import pytest

from retailsync_assets_tests.cli.command import Retailsync
from retailsync_assets_tests.cli.test_status_has_every_site_at_a_glance import TWO
from retailsync_assets_tests.config.sample import SAMPLE, deployment

APPROVE = ("approve", "--date", "2026-11-21", "--reason", "looked", "--json")


def sites_in(folder: Path, text: str = SAMPLE) -> Path:
    folder.mkdir()
    return deployment(folder, text)


@pytest.mark.parametrize("command", [["status"], ["run"], ["run", "main"], ["serve"], ["query", "SELECT 1"]])
def test_without_one_nothing_is_done(new: Retailsync, command: list[str]) -> None:
    answer = new(*command)
    (line,) = answer.err.splitlines()
    assert (answer.code, answer.out) == (2, "")
    assert "pass --config FILE, or set RETAILSYNC_SITES to your sites.toml" in line
    assert line.endswith("to try the sandbox: retailsync demo")
    assert list(new.home.iterdir()) == []


def test_state_lies_beside_the_configuration(new: Retailsync) -> None:
    sites = sites_in(new.home / "etc")
    new(*APPROVE, RETAILSYNC_SITES=sites)
    assert (new.home / "etc/.retailsync/ledger.db").is_file()
    assert not (new.home / ".retailsync").exists()


def test_or_where_the_variable_says(new: Retailsync) -> None:
    new(*APPROVE, RETAILSYNC_SITES=sites_in(new.home / "etc"), RETAILSYNC_HOME=new.home / "var")
    assert (new.home / "var/ledger.db").is_file()
    assert not (new.home / "etc/.retailsync").exists()


def test_and_options_win_over_both_variables(new: Retailsync) -> None:
    ours, theirs = sites_in(new.home / "ours"), sites_in(new.home / "theirs", SAMPLE.replace("sites.demo", "sites.x"))
    variables = {"RETAILSYNC_SITES": theirs, "RETAILSYNC_HOME": new.home / "var"}
    answer = new(*APPROVE, "--config", ours, "--home", new.home / "state", **variables)
    assert answer.document["site"] == "demo"
    assert (new.home / "state/ledger.db").is_file()
    assert not (new.home / "var").exists()


def test_the_only_site_needs_no_name(new: Retailsync) -> None:
    sites = sites_in(new.home / "etc")
    assert new("query", "SELECT 1 AS one", "--json", RETAILSYNC_SITES=sites).document == [{"one": 1}]


def test_of_several_one_has_to_be_named(new: Retailsync) -> None:
    answer = new("run", "--config", sites_in(new.home / "etc", TWO))
    assert answer.code == 2
    assert answer.err == "retailsync: SITE is missing. Configured sites: demo, other. Next: retailsync status\n"
