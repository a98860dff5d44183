"""HotWax's OMS database: its schema and what stands in it when a world begins."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, Numeric, Table, event

from retailsync_assets.sandbox.hotwax.catalogue_rows import catalogue_rows
from retailsync_assets.sandbox.hotwax.inventory_rows import shelf_rows
from retailsync_assets.sandbox.hotwax.order_rows import order_rows
from retailsync_assets.sandbox.hotwax.rows import Rows
from retailsync_assets.sandbox.sample.order_stories import BACKGROUND, STORIES
from retailsync_assets.sandbox.sample.orders import Story, numbered
from retailsync_assets.sandbox.sql import statement

Tables = Mapping[str, Table]


def create_schema(engine: Engine) -> None:
    """Creates the OMS's tables in an empty SQLite, MySQL or MariaDB database. SQLite is set to write-ahead logging,
    because the pipeline reads while HotWax writes. Raises OperationalError where a table is there already."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
    with engine.begin() as connection:
        for ddl in _without_comments(statement("oms_schema")).split(";"):
            if ddl.strip():
                connection.exec_driver_sql(ddl)


def tables(engine: Engine) -> Tables:
    """The OMS's tables by name, as the database has them; quantities are floats, exact for whole units."""
    metadata = MetaData()
    event.listen(metadata, "column_reflect", _quantities_as_floats)
    metadata.reflect(engine)
    return metadata.tables


def seed_oms(engine: Engine, as_of: datetime) -> None:
    """Fills an empty OMS with the sample's stores, products, orders and stock around a snapshot at `as_of`."""
    known = tables(engine)
    orders = numbered("DEMO", STORIES) | numbered("WEB", BACKGROUND)
    with engine.begin() as connection:
        for rows in (catalogue_rows(as_of), order_rows(orders, as_of), shelf_rows(orders, as_of)):
            insert(connection, known, rows)


def book(engine: Engine, orders: Mapping[str, Story], as_of: datetime) -> None:
    """Adds orders, by ORDER_ID, to a seeded OMS; HotWax's stock is left as it is."""
    with engine.begin() as connection:
        insert(connection, tables(engine), order_rows(orders, as_of))


def insert(connection: Connection, known: Tables, rows: Rows) -> None:
    """Inserts the rows, table by table."""
    for name, of_table in rows:
        connection.execute(known[name].insert(), of_table)


def _without_comments(script: str) -> str:
    return re.sub(r"--[^\n]*", "", script)


def _quantities_as_floats(_metadata: MetaData, _table: Table, column: Any) -> None:
    if isinstance(column["type"], Numeric):
        column["type"] = Numeric(26, 6, asdecimal=False)
