import re
from datetime import date
from pathlib import Path

import pytest

from retailsync_assets.ledger.models import Hold
from retailsync_assets.sandbox.setup import create
from retailsync_assets_tests.cli.command import Retailsync
from retailsync_assets_tests.cli.conftest import Played
from retailsync_assets_tests.cli.test_status_has_every_site_at_a_glance import NOW


@pytest.mark.parametrize(
    "arguments, expected",
    [
        (["run", "demo", "--date", "22.11.2026"], "expected a date such as 2026-11-21, got '22.11.2026'"),
        (["run", "demo", "--date", "20261122"], "expected a date such as 2026-11-21, got '20261122'"),
        (["run", "demo", "--date", "22.11.2026"], "; did you mean 2026-11-22?"),
        (["approve", "demo", "--reason", " "], "expected a reason, such as"),
        (["plan", "demo", "--csv", "nowhere/plan.csv"], "nowhere does not exist or is not writable"),
    ],
)
def test_before_anything_is_done(new: Retailsync, arguments: list[str], expected: str) -> None:
    answer = new(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert expected in answer.err.splitlines()[-1]
    assert list(new.home.iterdir()) == []


@pytest.mark.parametrize("variable", ["RETAILSYNC_HOME", "DAGSTER_HOME"])
def test_a_folder_that_can_not_be_made(new: Retailsync, variable: str) -> None:
    create(new.home / ".retailsync/sandbox", lines=2500)
    (new.home / "file").touch()
    answer = new("run", "demo", "--json", **{variable: new.home / "file"})
    assert answer.code == 1
    assert re.search(f"file\\S*: can't be created: .*; set {variable} to a writable folder", answer.out + answer.err)
    assert "Traceback" not in answer.err


@pytest.mark.parametrize("command", [["status", "demo"], ["plan", "demo"]], ids=["status", "plan"])
@pytest.mark.parametrize("url", ["canary", "nodatabase://canary@host/x"])
def test_a_ledger_at_no_address(new: Retailsync, command: list[str], url: str) -> None:
    answer = new(*command, RETAILSYNC_LEDGER=url)
    assert (answer.code, answer.out) == (1, "")
    (line,) = answer.err.splitlines()
    assert line.startswith("retailsync: RETAILSYNC_LEDGER: no database's address; expected one such as ")
    assert "canary" not in line


def test_a_table_by_another_name(played: Played) -> None:
    assert played.retailsync("query", "demo", "FROM filtered_rest").err.splitlines() == [
        "retailsync: Catalog Error: Table with name filtered_rest does not exist!",
        'Did you mean "filtered_reset"?',
        'next: retailsync query demo "SHOW TABLES"',
    ]
    assert "filtered_reset" in played.retailsync("query", "demo", "SHOW TABLES").out


def test_a_column_by_another_name(played: Played) -> None:
    _, meant, then = played.retailsync("query", "demo", "SELECT upc FROM filtered_reset").err.splitlines()
    assert meant.startswith('Candidate bindings: "upca"')
    assert then == 'next: retailsync query demo "DESCRIBE filtered_reset"'
    assert "upca" in played.retailsync("query", "demo", "DESCRIBE filtered_reset").out


def test_a_column_of_no_table(played: Played) -> None:
    *_, then = played.retailsync("query", "demo", "SELECT nope").err.splitlines()
    assert then == 'next: retailsync query demo "SHOW TABLES"'


def test_a_word_that_is_none_is_marked(played: Played) -> None:
    said, asked, mark, then = played.retailsync("query", "demo", "SELECT 1 FORM stores").err.splitlines()
    assert said == 'retailsync: Parser Error: syntax error at or near "stores"'
    assert [letter for letter, sign in zip(asked, mark, strict=False) if sign == "^"] == list("stores")
    assert then == 'next: retailsync query demo "SHOW TABLES"'


def test_two_queries_at_once(played: Played) -> None:
    answer = played.retailsync("query", "demo", "SELECT 1 AS a; SELECT 2 AS b")
    expected = "retailsync: Invalid Input Error: expected one query, got 2\n"
    assert (answer.code, answer.out, answer.err) == (1, "", expected)


@pytest.mark.parametrize(
    "upc, store, status, table",
    [
        ("611000200071", "OUTLET", "not a store of this site", "stores"),
        ("KIT", "NYC01", "not active", "active_products"),
    ],
)
def test_a_key_that_there_is_not(played: Played, upc: str, store: str, status: str, table: str) -> None:
    answer = played.retailsync("explain", "demo", "--upc", upc, "--store", store, "--date", str(played.on))
    asked = f"FROM {table} WHERE business_date = '{played.on}'"
    assert answer.out.splitlines()[-1] == f'  {status}: retailsync query demo "{asked}"'
    assert played.retailsync("query", "demo", asked, "--json").document


def test_a_night_of_which_nothing_is_there(played: Played) -> None:
    on = played.night(-30)
    key = "--upc", "611000200071", "--store", "NYC01"
    last = played.retailsync("explain", "demo", *key, "--date", on).out.splitlines()[-1]
    assert last == f"  waiting for the raw file of {on}; next: retailsync status demo --date {on}"
    assert "waiting for the raw file" not in played.retailsync("explain", "demo", *key, "--date", str(played.on)).out


def test_a_replay_of_a_night_that_there_was_not(played: Played) -> None:
    (line,) = played.retailsync("run", "demo", "--date", played.night(-30), "--replay").err.splitlines()
    question = "SELECT DISTINCT business_date FROM reset_delivery"
    assert line.endswith(f'; to list delivered dates: retailsync query demo "{question}"')
    assert played.retailsync("query", "demo", question, "--json").document == [{"business_date": str(played.on)}]


@pytest.mark.parametrize("command", ["run", "status"])
def test_a_site_that_there_is_not(played: Played, command: str) -> None:
    sites = played.state / "sandbox/sites.toml"
    answer = played.retailsync(command, "nosuch", RETAILSYNC_SITES=sites)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == "retailsync: Unknown site 'nosuch'. Configured sites: demo. Next: retailsync status\n"
    (meant,) = played.retailsync(command, "Dmo", "--config", sites).err.splitlines()
    assert "Unknown site 'Dmo'; did you mean 'demo'? Configured sites: demo." in meant


def test_the_night_after_the_one_that_is_held(played: Played) -> None:
    held, meant = played.night(-9), played.night(-8)
    played.ledger.raise_hold(date.fromisoformat(held), Hold("keys_changed", "snapshot", "many keys change", NOW))
    (line,) = played.retailsync("approve", "demo", "--date", meant, "--reason", "looked").err.splitlines()
    release = f"retailsync approve demo --date {held} --reason TEXT"
    assert line == f"retailsync: nothing is on hold for {meant}; next: {release}"


def test_a_night_that_has_not_begun(played: Played) -> None:
    on = played.night(30)
    assert played.retailsync("status", "demo", "--date", on).out.endswith(f"\n  → business date {on} has not begun\n")


def test_a_night_that_was_over_before_the_first_look_waits_and_is_not_missed(played: Played) -> None:
    on = played.night(-20)
    answer = played.retailsync("run", "demo", "--date", on)
    assert answer.out.splitlines()[-1] == f"  → no raw reset file for {on} in retailpro/inventory/raw yet"
    assert answer.code == 3


def test_what_nobody_can_approve(new: Retailsync) -> None:
    sites = create(new.home / ".retailsync/sandbox", lines=2500)
    sites.write_text(sites.read_text().replace('"STORE"', '"NONE"'))
    *_, held, then = new("run", "demo").out.splitlines()
    assert " · held: HotWax sells nothing online in product store NONE" in held
    assert then.startswith("  Next step, once that is fixed: retailsync run demo --date ")


def test_a_demo_beside_sites_of_ones_own(new: Retailsync) -> None:
    answer = new("demo", RETAILSYNC_SITES=Path("sites.toml"))
    assert answer.code == 2
    assert answer.out.rstrip().endswith("; next: env -u RETAILSYNC_SITES retailsync demo")
