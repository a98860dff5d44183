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

RAW = "raw_reset_file"

Answer = tuple[list[str], list[tuple[Any, ...]]]


def ask(lake: Lake, settings: RetailPro, snapshots: Sequence[Snapshot], sql: str) -> Answer:
    """The column names and rows of one DuckDB query; raises `duckdb.Error` for one it refuses.

    The query can read this site's lake and nothing else.
    """
    with lake.get_connection() as duck:
        for table in TABLES.keys() - {RAW}:
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
        _nothing_yet(lake, duck, table)


def _nothing_yet(lake: Lake, duck: DuckDBPyConnection, table: str) -> None:
    lake.load_as(duck, table, {**{column.name: column.type for column in TABLES[table]}, "business_date": "DATE"}, [])


def _raw_rows(lake: Lake, duck: DuckDBPyConnection, settings: RetailPro, snapshots: Sequence[Snapshot]) -> None:
    """The records of every accepted raw file, read from the landed bytes."""
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
        _nothing_yet(lake, duck, RAW)
    else:
        together.create_view(RAW)
