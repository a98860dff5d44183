"""`python -m benchmarks.large_oms [ORDERS]`: the queries of a night on a MariaDB with years of orders in it.

4,000,000 orders, unless said otherwise: 10 million order items, 12 million shipment statuses, 200 stores. Prints every
plan and writes benchmarks/measured/large_oms.json; `section` makes words of it for the page.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, bindparam, create_engine, text

from benchmarks.contest import PROJECT
from benchmarks.measured import keep
from retailsync_assets.resources.sql import query
from retailsync_assets.variance.shipped_lines import ORDERS_AT_ONCE
from retailsync_assets_tests.servers.busy_oms import make_busy
from retailsync_assets_tests.servers.mariadb import MariaDB

ORDERS = 4_000_000
BUFFER_POOL = "2G"
ROUNDS = 3
NOW = datetime(2026, 11, 21, 7, tzinfo=UTC)
FACILITIES = [f"F{number}" for number in range(1, 201, 7)]
WORK = PROJECT / "build"
ASKED = {
    "unacknowledged_orders": "orders shipped within 90 days that Retail Pro may not know of",
    "partial_orders": "orders still partial, of any age",
    "shipped_lines": "the lines of those orders",
    "movements": "a run's POS movements",
    "reset_effects": "when the reset changed each key",
    "on_hand": "the on-hand quantity of every SKU-location, for reconciliation",
    "unacknowledged_orders_ever": "the same of all years, for the stores whose weekday it is",
}


def main(orders: int = ORDERS) -> None:
    """Make the database, ask, write."""
    with (
        tempfile.TemporaryDirectory(dir=_folder(), prefix="large-oms-") as folder,
        MariaDB(Path(folder), f"--innodb-buffer-pool-size={BUFFER_POOL}") as server,
    ):
        engine, started = create_engine(server.database()), time.monotonic()
        make_busy(engine, orders, NOW, lambda what: print(f"{time.monotonic() - started:6.0f} s  {what}", flush=True))
        found = {"orders": orders, "tables": _counts(engine), "queries": list(_timed(engine))}
        engine.dispose()
    keep("large_oms", found)
    print(section(found))


def _folder() -> Path:
    WORK.mkdir(exist_ok=True)
    return WORK


def _counts(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            table: connection.exec_driver_sql(f"SELECT COUNT(*) FROM {table}").scalar_one()  # noqa: S608 - ours
            for table in ("ORDER_ITEM", "SHIPMENT_STATUS", "ORDER_FULFILLMENT_HISTORY", "INVENTORY_ITEM_DETAIL")
        }


def _timed(engine: Engine) -> Iterator[dict[str, Any]]:
    a_day_ago = NOW - timedelta(days=1)
    values: dict[str, Any] = {
        "product_stores": ["STORE"], "external_config": "RETAIL_PRO", "since": NOW - timedelta(days=90),
        "surely_absorbed": a_day_ago, "after": NOW - timedelta(hours=3), "until": NOW, "finished_at": NOW,
        "started_at": NOW - timedelta(minutes=5), "facilities": FACILITIES,
    }  # fmt: skip
    found = list[str]()
    for name in ASKED:
        values["orders"] = sorted(set(found))[:ORDERS_AT_ONCE]
        with engine.connect() as connection:
            asked = text(query(f"oms/{name}"))
            bound = {key: values[key] for key in asked.compile().params}
            lists = [bindparam(key, expanding=True) for key, value in bound.items() if isinstance(value, list)]
            seconds, rows = list[float](), []
            for _ in range(ROUNDS):
                started = time.monotonic()
                rows = connection.execute(asked.bindparams(*lists), bound).all()
                seconds.append(time.monotonic() - started)
            plan = connection.execute(text(f"EXPLAIN {asked.text}").bindparams(*lists), bound).mappings().all()
        if name in ("unacknowledged_orders", "partial_orders"):
            found += [row[0] for row in rows]
        print(f"{name}: {len(rows):,} rows, {', '.join(f'{each:.2f}' for each in seconds)} s", flush=True)
        steps = [f"{row['table']}: {row['type']} {row['key'] or ''} ({row['rows']})" for row in plan]
        print("".join(f"    {step}\n" for step in steps), end="", flush=True)
        yield {"query": name, "rows": len(rows), "seconds": seconds, "plan": steps}


def section(found: dict[str, Any]) -> str:
    """The part of the page on HotWax's database."""
    counts = ", ".join(f"{count:,} rows in {table}" for table, count in found["tables"].items())
    lines = [
        f"| `{each['query']}` | {ASKED[each['query']]} | {each['rows']:,} | {each['seconds'][0]:.2f} |"
        f" {min(each['seconds']):.2f} |"
        for each in found["queries"]
    ]
    head = "| query | asks for | rows | s, first | s, best of three |\n|---|---|---|---|---|"
    words = f"MariaDB with {found['orders']:,} orders over four years, 200 stores: {counts}; buffer pool {BUFFER_POOL}."
    return f"{words}\n\n{head}\n" + "\n".join(lines) + "\n"


if __name__ == "__main__":
    main(*(int(number) for number in sys.argv[1:]))
