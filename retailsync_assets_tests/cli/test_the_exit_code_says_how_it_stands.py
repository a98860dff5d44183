from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from retailsync_assets.ledger.journal import user_name
from retailsync_assets.ledger.models import Hold
from retailsync_assets.workflow.status import NightStatus
from retailsync_assets_tests.cli.command import Retailsync
from retailsync_assets_tests.cli.conftest import Played
from retailsync_assets_tests.config.sample import changed, deployment

NOW = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
SECRET = 'private_key = "keys/retailpro"'


def test_3_while_it_waits_and_for_what(played: Played) -> None:
    answer = played.retailsync("run", "demo", "--date", played.night(30), "--json")
    assert answer.code == 3, answer.err
    assert answer.document["state"] == "waiting"
    assert answer.document["reasons"] == [f"business date {played.night(30)} has not begun"]


@pytest.mark.parametrize("state, code", [("complete", 0), ("failed", 1), ("waiting", 3), ("held", 4)])
def test_each_state_has_its_own(state: str, code: int) -> None:
    assert NightStatus("demo", "2026-11-21", state, (), ()).exit_code == code


def test_4_while_it_is_held_until_somebody_approves(played: Played) -> None:
    on = played.night(-3)
    played.ledger.raise_hold(date.fromisoformat(on), Hold("keys_changed", "snapshot", "many keys change", NOW))
    held = played.retailsync("run", "demo", "--date", on, "--json")
    assert held.code == 4, held.err
    assert (held.document["state"], held.document["reasons"]) == ("held", ["held: many keys change"])
    approved = played.retailsync("approve", "demo", "--date", on, "--reason", "a new season", "--json")
    assert approved.code == 0
    assert approved.document == {
        "site": "demo",
        "business_date": on,
        "released": [{"cause": "keys_changed", "subject": "snapshot", "reason": "many keys change"}],
        "approved_by": user_name(),
    }
    (hold,) = played.ledger.night_state(date.fromisoformat(on)).holds
    assert hold.approval == "a new season"
    assert hold.approved_by == user_name()
    assert " pid " in played.ledger.history(date.fromisoformat(on))[-1].actor
    nothing_held = played.retailsync("approve", "demo", "--date", on, "--reason", "again")
    assert (nothing_held.code, nothing_held.out) == (1, "")


@pytest.mark.parametrize("command", [["run", "nowhere"], ["query", "nowhere", "SELECT 1"]])
def test_2_for_a_site_that_is_not_known(played: Played, command: list[str]) -> None:
    answer = played.retailsync(*command)
    assert (answer.code, answer.out) == (2, "")
    (line,) = answer.err.splitlines()
    assert "nowhere" in line
    assert "demo" in line


@pytest.mark.parametrize("command", [["status", "demo", "--date", "yesterday"], ["approve", "demo"], ["no"]])
def test_2_for_what_is_no_command(new: Retailsync, command: list[str]) -> None:
    answer = new(*command)
    assert (answer.code, answer.out) == (2, "")
    assert "Usage: retailsync" in answer.err
    assert list(new.home.iterdir()) == []


@pytest.mark.parametrize(
    "text, expected",
    [
        (changed('subsidiary = "1"', 'subsidiary = "1"\ncolour = "red"'), "sites.demo.colour: unknown key"),
        (changed(SECRET, 'password = {env = "NOT_SET"}'), "sites.demo.retail_pro.sftp.password.env: missing secret"),
    ],
)
def test_2_for_a_configuration_that_is_refused(new: Retailsync, text: str, expected: str) -> None:
    file = deployment(new.home, text)
    answer = new("status", "demo", RETAILSYNC_SITES=file)
    assert (answer.code, answer.out) == (2, "")
    (line,) = answer.err.splitlines()
    assert line.startswith(f"retailsync: {file}: {expected}")


def test_2_where_there_is_no_configuration(new: Retailsync) -> None:
    answer = new("run", "demo", RETAILSYNC_SITES=Path("nowhere.toml"))
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == "retailsync: nowhere.toml: there is no such file; RETAILSYNC_SITES names it\n"
