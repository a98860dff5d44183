from datetime import UTC, date, datetime

from retailsync_assets.ledger.models import Hold
from retailsync_assets_tests.cli.command import Retailsync
from retailsync_assets_tests.cli.conftest import Played
from retailsync_assets_tests.config.sample import SAMPLE, changed, deployment

SECOND = changed("ResetInventory", "ResetInventory2", changed("InventoryVariance", "InventoryVariance2", SAMPLE))
NOW = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
TWO = SAMPLE + changed('subsidiary = "1"', 'subsidiary = "2"', SECOND).replace("sites.demo", "sites.other")


def test_a_row_and_a_document_for_each(new: Retailsync) -> None:
    sites = deployment(new.home, TWO)
    shown = new("status", "--date", "2026-11-21", RETAILSYNC_SITES=sites)
    assert (shown.code, shown.err) == (0, "")
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in shown.out.splitlines() if "│" in line]
    assert [row[:2] for row in rows if row[0]] == [["demo", "2026-11-21"], ["other", "2026-11-21"]]
    assert {row[3] for row in rows if row[0]} == {"0 of 8"}
    assert f"Configuration: {sites}" in shown.out
    assert f"state: {new.home / '.retailsync'}" in shown.out
    listed = new("status", "--date", "2026-11-21", "--json", RETAILSYNC_SITES=sites).document
    assert [night["site"] for night in listed] == ["demo", "other"]
    one = new("status", "other", "--date", "2026-11-21", "--json", RETAILSYNC_SITES=sites).document
    assert {**one, "now": ""} == {**listed[1], "now": ""}


def test_a_held_night_ends_with_the_command_that_releases_it(played: Played) -> None:
    on = played.night(-5)
    played.ledger.raise_hold(date.fromisoformat(on), Hold("keys_changed", "snapshot", "many keys change", NOW))
    last = played.retailsync("status", "demo", "--date", on).out.splitlines()[-1]
    assert last.strip() == f"Next step: retailsync approve demo --date {on} --reason TEXT"


def test_a_report_has_no_empty_line_before_it(played: Played) -> None:
    answer = played.retailsync("run", "demo", "--date", str(played.on))
    assert answer.out.startswith(f"demo · business date {played.on} · complete\n")
