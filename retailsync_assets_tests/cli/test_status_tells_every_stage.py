from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from retailsync_assets_tests.cli.command import Answer
from retailsync_assets_tests.cli.conftest import Played

STAGES = {
    "raw_reset_file", "active_products", "filtered_reset", "reset_delivery", "applied_reset",
    "partial_shipment_variance", "variance_delivery", "applied_inventory",
}  # fmt: skip

CONTRACT = ("site", "business_date", "state", "reasons", "stages")


@pytest.fixture(scope="module")
def answer(played: Played) -> Answer:
    return played.retailsync("status", "demo", "--date", str(played.on), "--json")


def test_the_document_has_exactly_the_contracts_keys(answer: Answer) -> None:
    night = answer.document
    assert (answer.code, answer.err) == (0, "")
    assert list(night) == [*CONTRACT, "next_step", "now", "blocked", "next_due"]
    assert {tuple(stage) for stage in night["stages"]} == {
        ("asset", "state", "detail", "rows", "file", "done_at", "due_at")
    }
    assert {stage["asset"] for stage in night["stages"]} >= STAGES


def test_every_stage_of_the_played_night_is_done(answer: Answer) -> None:
    stages = {stage["asset"]: stage for stage in answer.document["stages"]}
    assert {stage["state"] for stage in stages.values()} == {"done"}
    assert stages["raw_reset_file"]["rows"] == 5_000
    assert stages["filtered_reset"]["rows"] == stages["applied_inventory"]["rows"]
    assert all("\n" not in stage["detail"] for stage in stages.values())
    assert stages["filtered_reset"]["detail"] == f"{stages['filtered_reset']['rows']:,} SKU-locations"
    assert stages["partial_shipment_variance"]["detail"] == "exact"


def test_each_stage_has_its_time_in_utc_and_prints_it_in_the_sites_zone(answer: Answer, played: Played) -> None:
    stages = {stage["asset"]: datetime.fromisoformat(stage["done_at"]) for stage in answer.document["stages"]}
    assert (
        stages["raw_reset_file"] <= stages["reset_delivery"] <= stages["applied_reset"] <= stages["applied_inventory"]
    )
    shown = played.retailsync("status", "demo", "--date", str(played.on)).out
    local = stages["reset_delivery"].astimezone(ZoneInfo("America/New_York"))
    (line,) = [line for line in shown.splitlines() if " reset_delivery " in line]
    assert f"{local:%H:%M}" in line
    assert "products" in shown
    assert "107 products" not in shown, "the number has a column of its own"


def test_the_last_business_dates_have_a_row_each(played: Played) -> None:
    asked = ("status", "demo", "--date", str(played.on), "--last", "3")
    nights = played.retailsync(*asked, "--json").document
    assert [night["business_date"] for night in nights] == [played.night(-days) for days in range(3)]
    newest, *before = nights
    keys = ["business_date", "state", "minutes", "keys", "units_deducted", "difference", "approved_by"]
    assert list(newest)[:7] == keys
    assert (newest["state"], newest["keys"], newest["difference"]) == ("complete", 2140, 0)
    assert newest["units_deducted"] > 0
    assert {(night["state"], *night["reasons"]) for night in before} == {("waiting", "not run by this installation")}
    rows = [line for line in played.retailsync(*asked).out.splitlines() if line.startswith("│")]
    assert [("complete" in row, "not run" in row) for row in rows] == [(True, False), (False, True), (False, True)]


def test_a_delivery_names_its_file_and_nothing_else_does(answer: Answer, played: Played) -> None:
    files = {stage["asset"]: stage["file"] for stage in answer.document["stages"]}
    assert files.pop("reset_delivery").startswith(f"ResetInventory_demo_{played.on}_1_")
    assert files.pop("variance_delivery").startswith(f"InventoryVariance_demo_{played.on}_1_for_")
    assert set(files.values()) == {None}


def test_it_looks_at_the_books_and_needs_neither_dagster_nor_a_server(played: Played) -> None:
    looked = played.retailsync.python(
        "import sys; from retailsync_assets.cli.main import main\n"
        f"main(['status', 'demo', '--date', '{played.on}'], standalone_mode=False)\n"
        "print(sorted({'dagster', 'duckdb', 'asyncssh'} & set(sys.modules)))"
    )
    assert (looked.code, looked.out.splitlines()[-1]) == (0, "[]")
