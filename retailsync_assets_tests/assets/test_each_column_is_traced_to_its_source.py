from collections.abc import Mapping

import dagster as dg
import pytest

from retailsync_assets.assets.lineage import Origin, origins, upstream
from retailsync_assets.assets.metadata import column_lineage, column_schema
from retailsync_assets.resources.tables import TABLES, asset_of
from retailsync_assets_tests.assets.conftest import Shown
from retailsync_assets_tests.assets.lineage.derivation import HANDED_ON
from retailsync_assets_tests.end_to_end.nights.world import World
from retailsync_assets_tests.project.tree import SQL

LAKE = {
    ("filtered_reset", "quantity"): {"raw_reset_file.quantity"},
    ("filtered_reset", "upca"): {"active_products.upca"},
    ("filtered_reset", "facility_id"): {"active_products.stores.facility_id"},
    ("quarantined_rows", "upc"): {"raw_reset_file.upc"},
    ("raw_stores", "store_code"): {"raw_reset_file.store_code"},
    ("unmatched_keys", "product_id"): {"active_products.product_id"},
    ("partial_shipment_variance", "reset_quantity"): {"filtered_reset.quantity"},
    ("shipped_lines", "acknowledged_at"): {"pos_acknowledgements.accepted_at", "pos_acknowledgements.kind"},
    ("reset_delivery", "quantity"): {"filtered_reset.quantity"},
    ("applied_reset", "file_name"): {"reset_delivery.file_name"},
    ("variance_delivery", "delta"): {"partial_shipment_variance.variance"},
    ("applied_inventory", "variance"): {"variance_delivery.delta"},
    ("applied_inventory", "target_quantity"): {
        "applied_reset.applied", "filtered_reset.quantity", "variance_delivery.delta",
    },
}  # fmt: skip
HOTWAX = {
    ("active_products", "upca"): {"GOOD_IDENTIFICATION.ID_VALUE"},
    ("stores", "external_facility_id"): {"FACILITY.EXTERNAL_ID"},
    ("shipped_lines", "shipped_at"): {"SHIPMENT_STATUS.STATUS_DATE"},
    ("shipped_lines", "facility_id"): {
        "FACILITY.FACILITY_ID",
        "SHIPMENT.ORIGIN_FACILITY_ID",
        "ORDER_ITEM_SHIP_GROUP.FACILITY_ID",
    },
    ("applied_reset", "applied_at"): {"DATA_MANAGER_LOG.FINISH_DATE_TIME", "INVENTORY_ITEM_DETAIL.EFFECTIVE_DATE"},
    ("applied_inventory", "hotwax_quantity"): {"INVENTORY_ITEM.QUANTITY_ON_HAND_TOTAL"},
}
FROM_NO_COLUMN = {
    *((table, column.name)
      for table in ("raw_reset_file", "snapshots", "quarantined_files", "line_balance", "pos_acknowledgements")
      for column in TABLES[table]),
    ("filtered_reset", "snapshot_id"), ("filtered_reset", "netted"), ("quarantined_rows", "snapshot_id"),
    ("raw_stores", "rows"), ("rule_counts", "snapshot_id"), ("rule_counts", "quarantined"),
    ("reset_delivery", "file_name"), ("variance_delivery", "file_name"),
}  # fmt: skip
"""Files are not queried for their columns; a snapshot's id and a file's name are bound; a count has no column."""


def lake_deps(table: str, column: str) -> set[str]:
    """What the page shows as the column's upstream, `asset.column`."""
    name = column if asset_of(table) == table else f"{table}.{column}"
    deps = column_lineage("shop", asset_of(table)).deps_by_column.get(name, [])
    return {f"{dep.asset_key.path[-1]}.{dep.column_name}" for dep in deps}


@pytest.mark.parametrize("table, column", LAKE)
def test_to_columns_of_other_assets(table: str, column: str) -> None:
    assert lake_deps(table, column) == LAKE[table, column]


@pytest.mark.parametrize("table, column", HOTWAX)
def test_to_columns_of_hotwaxs_database(table: str, column: str) -> None:
    found = {f"{each.table}.{each.column}" for each in origins(table)[column] if each.system == "HotWax"}
    assert found == HOTWAX[table, column]


@pytest.mark.parametrize("table", TABLES)
def test_no_column_is_without_one_but_those_that_come_from_none(table: str) -> None:
    without = {(table, column) for column, found in origins(table).items() if not found}
    assert without == {each for each in FROM_NO_COLUMN if each[0] == table}


@pytest.mark.parametrize("table", TABLES)
def test_every_origin_exists(table: str) -> None:
    schema = (SQL / "sandbox/oms_schema.sql").read_text()
    for column in TABLES[table]:
        for origin in origins(table)[column.name]:
            if origin.system == "HotWax":
                assert origin.column in schema.partition(f"CREATE TABLE {origin.table} (")[2].partition(";")[0]
        for origin in upstream(asset_of(table), table, column.name):
            assert origin.column in {each.name for each in TABLES[origin.table]}


def test_the_page_can_show_both_ends(shown: Mapping[str, Shown]) -> None:
    """Both columns of each line in the page stand in the column schemas of their assets."""
    for asset, found in shown.items():
        lineage = found["dagster/column_lineage"].value if "dagster/column_lineage" in found else None
        for name, deps in lineage.deps_by_column.items() if isinstance(lineage, dg.TableColumnLineage) else ():
            assert name in {column.name for column in column_schema(asset).columns}
            for dep in deps:
                assert dep.column_name in {column.name for column in column_schema(dep.asset_key.path[-1]).columns}


@pytest.mark.parametrize("table", HANDED_ON)
def test_what_is_handed_on_has_the_very_values(played: World, table: str) -> None:
    columns = [name for name, found in origins(table).items() if found]
    handed, had = ([{name: row[name] for name in columns} for row in played.lake(each)]
                   for each in (table, HANDED_ON[table]))  # fmt: skip
    assert handed == had
    assert origins(table)["quantity"] == (Origin("lake", "filtered_reset", "quantity"),)
