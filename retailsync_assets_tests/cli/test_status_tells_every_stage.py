import pytest

from retailsync_assets_tests.cli.command import Answer
from retailsync_assets_tests.cli.conftest import Played

STAGES = {
    "raw_reset_file", "active_products", "filtered_reset", "reset_delivery", "applied_reset",
    "partial_shipment_variance", "variance_delivery", "applied_inventory",
}  # fmt: skip


@pytest.fixture(scope="module")
def answer(played: Played) -> Answer:
    return played.retailsync("status", "demo", "--date", str(played.on), "--json")


def test_the_document_has_exactly_the_contracts_keys(answer: Answer) -> None:
    night = answer.document
    assert (answer.code, answer.err) == (0, "")
    assert list(night) == ["site", "business_date", "state", "reasons", "stages", "next_step"]
    assert {tuple(stage) for stage in night["stages"]} == {("asset", "state", "detail", "rows", "file")}
    assert {stage["asset"] for stage in night["stages"]} >= STAGES


def test_every_stage_of_the_played_night_is_done(answer: Answer) -> None:
    stages = {stage["asset"]: stage for stage in answer.document["stages"]}
    assert {stage["state"] for stage in stages.values()} == {"done"}
    assert stages["raw_reset_file"]["rows"] == 5_000
    assert stages["filtered_reset"]["rows"] == stages["applied_inventory"]["rows"]
    assert all("\n" not in stage["detail"] for stage in stages.values())
    assert stages["filtered_reset"]["detail"] == f"{stages['filtered_reset']['rows']:,} SKU-locations"
    assert stages["partial_shipment_variance"]["detail"] == "exact"


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
