"""SQL over the whole lake: every table of every date as a view, and the raw records of every landed file."""

from collections.abc import Sequence
from typing import Any

from duckdb import DuckDBPyConnection, DuckDBPyRelation

from retailsync_assets.csv_gate import canonical
from retailsync_assets.landing import readable
from retailsync_assets.records import Snapshot
from retailsync_assets.resources.lake import Lake
from retailsync_assets.sites import RetailPro
from retailsync_assets.tables import TABLES

Answer = tuple[list[str], list[tuple[Any, ...]]]


def ask(lake: Lake, settings: RetailPro, snapshots: Sequence[Snapshot], sql: str) -> Answer:
    """The column names and rows of one DuckDB query; raises `duckdb.Error` for one it refuses.

    The query can read this site's lake and nothing else.
    """
    with lake.get_connection() as duck:
        for table in TABLES:
            _every_date(lake, duck, table)
        _raw_rows(lake, duck, settings, snapshots)
        answer = duck.sql(sql)
        return ([], []) if answer is None else (answer.columns, answer.fetchall())  # pyright: ignore[reportUnnecessaryComparison]


def _every_date(lake: Lake, duck: DuckDBPyConnection, table: str) -> None:
    files = sorted((lake.folder / table).glob("business_date=*/data.parquet"))
    if files:
        names = [str(file) for file in files]
        duck.read_parquet(names, hive_partitioning=True, union_by_name=True).create_view(table)
    else:
        columns = {**{column.name: column.type for column in TABLES[table]}, "business_date": "DATE"}
        lake.load_as(duck, table, columns, [])


def _raw_rows(lake: Lake, duck: DuckDBPyConnection, settings: RetailPro, snapshots: Sequence[Snapshot]) -> None:
    """The view `raw_rows`: `upc`, `store_code`, `quantity` as they were received, `business_date`."""
    together: DuckDBPyRelation | None = None
    for snapshot in snapshots:
        if not (lake.landing / f"{snapshot.sha256}.csv").is_file():
            continue
        rows = duck.read_csv(
            str(readable(lake.landing, snapshot, settings.encoding)),
            header=True,
            delimiter=settings.delimiter,
            quotechar='"',
            escapechar='"',
            columns=canonical(snapshot.columns, settings),
        ).project(f"upc, store_code, quantity, DATE '{snapshot.business_date}' AS business_date")
        together = rows if together is None else together.union(rows)
    if together is None:
        columns = {"upc": "VARCHAR", "store_code": "VARCHAR", "quantity": "VARCHAR", "business_date": "DATE"}
        lake.load_as(duck, "raw_rows", columns, [])
    else:
        together.create_view("raw_rows")
