import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from retailsync_assets.resources.oms import Oms, Row
from retailsync_assets.resources.sql import query
from retailsync_assets_tests.project.tree import SQL
from retailsync_assets_tests.resources.conftest import AS_OF, IMPORTED_AT, RESET

QUERIES = sorted(file.stem for file in (SQL / "oms").glob("*.sql"))
VALUES: dict[str, Any] = {
    "after": AS_OF - timedelta(days=1),
    "as_of": AS_OF,
    "config_id": "RESET_INVENTORY",
    "external_config": "RETAIL_PRO",
    "facilities": ["NEW_YORK", "NASHVILLE"],
    "facility_id": "NEW_YORK",
    "file_name": RESET,
    "finished_at": IMPORTED_AT + timedelta(seconds=1),
    "id_type": "UPCA",
    "meant": "new_york",
    "now": IMPORTED_AT,
    "orders": [f"DEMO{number:04d}" for number in range(1, 31)],
    "product_id": "10001",
    "product_stores": ["STORE"],
    "products": ["10001", "10002"],
    "reset_files": "ResetInventory!_%",
    "since": AS_OF - timedelta(days=30),
    "spellings": ["611000200071", "0611000200071"],
    "started_at": IMPORTED_AT - timedelta(seconds=1),
    "surely_absorbed": AS_OF - timedelta(days=1),
    "variance_files": "InventoryVariance!_%",
    "until": IMPORTED_AT,
}
"""One for every name that a query may bind; a new name in a query belongs here, too."""


def rows(oms: Oms, name: str) -> list[Row]:
    bound = set(re.findall(r"(?<!:):([a-z_]+)", query(f"oms/{name}")))
    return oms.rows(name, **{value: VALUES[value] for value in bound})


def alike(value: object) -> object:
    """A number as a number: SQLite has `2`, MariaDB `2.000000`."""
    if isinstance(value, int | float):
        return Decimal(str(value)).normalize()
    if isinstance(value, str) and re.fullmatch(r"-?\d+\.\d{6}", value):
        return Decimal(value).normalize()
    return value


@pytest.mark.parametrize("name", QUERIES)
def test_both_have_the_same_rows_in_the_same_order(sqlite_oms: Oms, mariadb_oms: Oms, name: str) -> None:
    on_sqlite, on_mariadb = (
        [{key: alike(value) for key, value in row.items()} for row in rows(oms, name)]
        for oms in (sqlite_oms, mariadb_oms)
    )
    assert on_sqlite
    assert on_sqlite == on_mariadb


@pytest.mark.parametrize("name", QUERIES)
def test_every_value_is_plain_and_every_name_lower_case(mariadb_oms: Oms, name: str) -> None:
    for row in rows(mariadb_oms, name):
        assert all(value is None or isinstance(value, str | int | float) for value in row.values())
        assert [key for key in row if key != key.lower()] == []


def test_an_instant_is_told_to_the_microsecond_in_utc(sqlite_oms: Oms, mariadb_oms: Oms) -> None:
    for oms in (sqlite_oms, mariadb_oms):
        assert {row["applied_at"] for row in rows(oms, "reset_effects")} == {"2026-11-21 06:40:00.250000"}


def test_the_import_has_its_failed_row_and_the_file_that_names_it(sqlite_oms: Oms, mariadb_oms: Oms) -> None:
    for oms in (sqlite_oms, mariadb_oms):
        (log,) = rows(oms, "import_log")
        assert (log["status_id"], log["total_records"], log["failed_records"]) == ("SERVICE_FINISHED", 3, 1)
        assert log["failed_records_file"].startswith("hotwax/ResetInventory/error/")
