"""Four years of orders in MariaDB, and its own plans: what grows with the years is never read as a whole."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, bindparam, create_engine, text

from retailsync_assets.resources.sql import names, query
from retailsync_assets_tests.project.markdown import CODE_SPAN, sections
from retailsync_assets_tests.project.tree import ROOT
from retailsync_assets_tests.servers.busy_oms import GROWING, INDEXES, make_busy
from retailsync_assets_tests.servers.mariadb import MariaDB

NOW = datetime(2026, 11, 21, 7, tzinfo=UTC)
ORDERS = 40_000
A_DAY_AGO = NOW - timedelta(days=1)
VALUES: dict[str, Any] = {
    "after": A_DAY_AGO,
    "as_of": NOW,
    "config_id": "RESET_INVENTORY",
    "external_config": "RETAIL_PRO",
    "facilities": [f"F{number}" for number in range(1, 200, 7)],
    "facility_id": "F1",
    "file_name": "ResetInventory_100.csv",
    "finished_at": NOW,
    "id_type": "UPCA",
    "meant": "new_york",
    "now": NOW,
    "orders": [f"O{number:09d}" for number in range(1, ORDERS, 100)],
    "product_id": "P1",
    "product_stores": ["STORE"],
    "products": [f"P{number}" for number in range(1, 200, 7)],
    "reset_files": "ResetInventory!_399%",
    "since": NOW - timedelta(days=90),
    "spellings": ["611000200071", "0611000200071"],
    "started_at": NOW - timedelta(minutes=5),
    "surely_absorbed": A_DAY_AGO,
    "until": NOW,
    "variance_files": "InventoryVariance!_399%",
}


@pytest.fixture(scope="module")
def oms(mariadb: MariaDB) -> Engine:
    engine = create_engine(mariadb.database())
    make_busy(engine, ORDERS, NOW)
    return engine


def whole(how: str) -> bool:
    """MariaDB says `hash_ALL` where it reads a table into a hash."""
    return how.endswith(("ALL", "index"))


def plan(oms: Engine, name: str) -> dict[str, str]:
    """Table → how it is read, as EXPLAIN says it."""
    asked = text(f"EXPLAIN {query(f'oms/{name}')}")
    values = {key: VALUES[key] for key in asked.compile().params}
    lists = [bindparam(key, expanding=True) for key, value in values.items() if isinstance(value, list)]
    tables = {alias: table for table, alias in re.findall(r"\b(?:FROM|JOIN) ([A-Z_]+) AS (\w+)", asked.text)}
    with oms.connect() as connection:
        rows = connection.execute(asked.bindparams(*lists), values).mappings().all()
    return {tables.get(row["table"], str(row["table"])): row["type"] for row in rows}


@pytest.mark.parametrize("name", names("oms"))
def test_no_table_that_grows_is_read_as_a_whole(oms: Engine, name: str) -> None:
    assert {table: how for table, how in plan(oms, name).items() if table in GROWING and whole(how)} == {}


def test_the_window_is_a_range_of_the_shipments_times(oms: Engine) -> None:
    assert plan(oms, "unacknowledged_orders")["SHIPMENT_STATUS"] == "range"


def test_partial_orders_are_a_range_of_the_orders_statuses(oms: Engine) -> None:
    assert plan(oms, "partial_orders")["ORDER_HEADER"] == "range"


def test_a_stores_weekly_look_is_a_range_of_the_shipments_facilities(oms: Engine) -> None:
    assert plan(oms, "unacknowledged_orders_ever")["SHIPMENT"] == "range"


def test_the_indexes_are_those_that_operators_are_told_of() -> None:
    told = sections((ROOT / "docs/operators-guide.md").read_text())["A large HotWax"].rows
    assert {CODE_SPAN.findall(table)[0]: tuple(CODE_SPAN.findall(columns)) for table, columns in told} == INDEXES
