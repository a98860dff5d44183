import hashlib
import json
from collections.abc import Mapping
from typing import Any

import dagster as dg
import pytest

from retailsync_assets.assets.metadata import report_link
from retailsync_assets.orchestration.site_definitions import ASSETS
from retailsync_assets.resources.lake import Lake
from retailsync_assets.resources.tables import TABLES, WRITTEN_BESIDE
from retailsync_assets_tests.assets.conftest import Shown
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT, moment
from retailsync_assets_tests.end_to_end.nights.world import World

EVERY = [name for module in ASSETS if (name := module.__name__.rpartition(".")[2]) in TABLES]
"""Every asset that is a table; `nightly_report` is a page."""

OF_THE_SNAPSHOT = [
    asset for asset in EVERY if asset not in ("active_products", "pos_acknowledgements", "unacknowledged_shipments")
]
SENT = {"reset_delivery": "reset", "variance_delivery": "variance"}
FOLDERS = {
    "raw_reset_file": "raw",
    "pos_acknowledgements": "responses",
    "reset_delivery": "ResetInventory",
    "variance_delivery": "InventoryVariance",
}
"""Where on SFTP an asset read or wrote: its file there, or the folder of several."""
FIGURES = {
    "active_products": {"ambiguous": 0, "stores": 2},
    "filtered_reset": {"units": 50, "keys_at_zero": 0, "keys_below_zero": 0, "stores": 2, "quarantined_rows": 1},
    "partial_shipment_variance": {"units_deducted": 2, "orders": 1, "shipped_lines": 1, "strict_units": -2},
    "applied_reset": {"failed_rows": 0, "minutes_in_hotwax": 15.0},
    "variance_delivery": {"units_deducted": 2},
    "applied_inventory": {"units_in_hotwax": 48, "units_of_target": 48, "keys_with_drift": 0, "units_of_drift": 0},
}
"""Plots over time: what each asset counts, and what it came to in this night."""


@pytest.mark.parametrize("asset", EVERY)
def test_rows_size_hash_and_pace(played: World, shown: Mapping[str, Shown], asset: str) -> None:
    table = {"raw_reset_file": "snapshots"}.get(asset, asset)
    file = Lake(played.home, played.name).file(table, NIGHT)
    rows = 6 if asset == "raw_reset_file" else len(played.lake(asset))
    found: dict[str, Any] = {name: value.value for name, value in shown[asset].items()}
    assert (found["dagster/row_count"], found["dagster/partition_row_count"]) == (rows, rows)
    assert found["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert found["dagster/uri"] == file.as_uri()
    assert 0 < found["seconds"] < 60
    assert found["rows_per_second"] >= 0
    assert found["kilobytes_per_second"] >= 0


@pytest.mark.parametrize("asset", EVERY)
def test_every_column_with_its_meaning_those_of_tables_beside_under_their_names(
    shown: Mapping[str, Shown], asset: str
) -> None:
    schema = shown[asset]["dagster/column_schema"].value
    assert isinstance(schema, dg.TableSchema)
    beside = [(f"{table}.{each.name}", each) for table in WRITTEN_BESIDE.get(asset, ()) for each in TABLES[table]]
    expected = [*((each.name, each) for each in TABLES[asset]), *beside]
    assert [(column.name, column.type, column.description) for column in schema.columns] == [
        (name, each.type.lower(), each.meaning) for name, each in expected
    ]


@pytest.mark.parametrize("asset", [*OF_THE_SNAPSHOT, "nightly_report"])
def test_the_snapshot_its_time_and_its_age(played: World, shown: Mapping[str, Shown], asset: str) -> None:
    (snapshot,) = played.resources.ledger.night_state(NIGHT).snapshots
    found = shown[asset]
    assert found["snapshot"].value == snapshot.snapshot_id
    assert found["snapshot_as_of"] == dg.MetadataValue.timestamp(moment("07:00"))
    assert 0.7 < float(str(found["snapshot_age_hours"].value)) <= 2


@pytest.mark.parametrize("asset", SENT)
def test_a_delivered_file_with_its_hash(played: World, shown: Mapping[str, Shown], asset: str) -> None:
    (delivered,) = played.folders[SENT[asset]].glob(f"archive/*_{NIGHT}_*.csv")
    assert shown[asset]["file"].value == delivered.name
    assert shown[asset]["bytes"].value == delivered.stat().st_size
    assert shown[asset]["file_sha256"].value == hashlib.sha256(delivered.read_bytes()).hexdigest()


@pytest.mark.parametrize("asset", FOLDERS)
def test_where_it_is_on_the_server(played: World, shown: Mapping[str, Shown], asset: str) -> None:
    account, link = played.resources.site.hotwax.sftp, shown[asset]["sftp"]
    file = shown[asset]["file"].value if "file" in shown[asset] else ""
    assert isinstance(link, dg.UrlMetadataValue)
    where = f"sftp://{account.username}@{account.host}:{account.port}"
    assert link.value == f"{where}/~/{played.name}/{FOLDERS[asset]}/{file}"


def test_every_asset_leads_to_the_report_of_its_night(played: World, shown: Mapping[str, Shown]) -> None:
    expected = report_link(played.resources, NIGHT)
    assert played.home.report(played.name, NIGHT).is_file()
    assert {asset: found.get("report") for asset, found in shown.items()} == dict.fromkeys(shown, expected)


def test_the_reports_own_hash(played: World, shown: Mapping[str, Shown]) -> None:
    report = played.home.report(played.name, NIGHT).read_bytes()
    assert shown["nightly_report"]["sha256"].value == hashlib.sha256(report).hexdigest()
    assert shown["nightly_report"]["bytes"].value == len(report)


@pytest.mark.parametrize("asset", FIGURES)
def test_figures_that_mean_something_from_night_to_night(shown: Mapping[str, Shown], asset: str) -> None:
    found = {name: shown[asset][name] for name in FIGURES[asset]}
    assert {name: value.value for name, value in found.items()} == FIGURES[asset]
    assert all(isinstance(value, dg.IntMetadataValue | dg.FloatMetadataValue) for value in found.values())


def test_how_much_smaller_the_reset_is(shown: Mapping[str, Shown]) -> None:
    raw, sent = shown["raw_reset_file"]["bytes"].value, shown["reset_delivery"]["bytes"].value
    assert shown["reset_delivery"]["reduction"].value == f"{raw} bytes → {sent} bytes"


def test_the_first_rows_as_a_table_that_shows_markup_as_text(played: World, shown: Mapping[str, Shown]) -> None:
    for asset in EVERY:
        preview = shown[asset]["preview"]
        assert isinstance(preview, dg.TableMetadataValue)
        assert len(preview.records) == min(len(played.lake("snapshots" if asset == "raw_reset_file" else asset)), 10)
        assert [column.name for column in preview.schema.columns] == [
            column.name for column in TABLES["snapshots" if asset == "raw_reset_file" else asset]
        ]
        json.dumps([dict(record.data) for record in preview.records])


def test_links_to_what_was_landed_and_left_out(played: World, shown: Mapping[str, Shown]) -> None:
    landed = played.landing / f"{shown['raw_reset_file']['file_sha256'].value}.csv"
    assert landed.is_file()
    assert shown["raw_reset_file"]["landed"].value == str(landed)
    quarantine = shown["filtered_reset"]["quarantine"].value
    assert quarantine == str(Lake(played.home, played.name).file("quarantined_rows", NIGHT))
