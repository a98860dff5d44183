"""An OMS with four years of orders in it, made inside a MariaDB by its sequences."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from retailsync_assets.sandbox.hotwax.oms import create_schema

YEARS = timedelta(days=4 * 365)
AT_ONCE = 500_000
INDEXES = {
    "SHIPMENT_STATUS": ("STATUS_ID, STATUS_DATE", "SHIPMENT_ID"),
    "SHIPMENT": ("ORIGIN_FACILITY_ID",),
    "ORDER_SHIPMENT": ("SHIPMENT_ID",),
    "ORDER_FULFILLMENT_HISTORY": ("ORDER_ID", "SHIPMENT_ID"),
    "ORDER_HEADER": ("STATUS_ID",),
    "INVENTORY_ITEM": ("FACILITY_ID", "PRODUCT_ID"),
    "INVENTORY_ITEM_DETAIL": ("EFFECTIVE_DATE",),
    "DATA_MANAGER_CONTENT": ("FILE_NAME", "LOG_ID"),
}
"""Those of the data model's foreign keys, and two by time. The contract's tables come with their primary keys only."""

ALSO_LARGE = ("ORDER_ITEM", "ORDER_ITEM_SHIP_GROUP", "SHIPMENT_ITEM", "DATA_MANAGER_LOG")
TABLES = (*INDEXES, *ALSO_LARGE)
GROWING = {*TABLES} - {"INVENTORY_ITEM"}
"""Those that grow with the years."""


def make_busy(engine: Engine, orders: int, now: datetime, hear: Callable[[str], None] = lambda _: None) -> None:
    """Tables, rows, indexes and statistics: two and a half lines and three shipment statuses an order, up to `now`."""
    create_schema(engine)
    script = re.sub("^--.*$", "", Path(__file__).with_suffix(".sql").read_text(), flags=re.MULTILINE)
    with engine.connect() as connection:
        values = {"now": f"'{now:%Y-%m-%d %H:%M:%S}'", "orders": orders, "seconds": YEARS.total_seconds()}
        for name, value in values.items():
            connection.exec_driver_sql(f"SET @{name} = {value}")
        for first in range(1, orders + 1, AT_ONCE):
            connection.exec_driver_sql(f"SET @first = {first}, @last = {min(first + AT_ONCE - 1, orders)}")
            for statement in script.split(";"):
                connection.exec_driver_sql(statement.strip().replace("%", "%%"))
            connection.commit()
            hear(f"{min(first + AT_ONCE - 1, orders):,} of {orders:,} orders")
        for table, columns in INDEXES.items():
            connection.exec_driver_sql(f"ALTER TABLE {table} {', '.join(f'ADD INDEX ({each})' for each in columns)}")
            hear(f"indexes of {table}")
        for table in TABLES:
            connection.exec_driver_sql(f"ANALYZE TABLE {table}")
