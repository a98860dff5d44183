"""SQL over the whole lake: every table of every date as a view, and the raw records of every landed file."""

import re
from collections.abc import Sequence
from typing import Any

import duckdb
from duckdb import DuckDBPyConnection, DuckDBPyRelation, StatementType

from retailsync_assets.config.loader import RetailPro
from retailsync_assets.ledger.models import Snapshot
from retailsync_assets.raw_file.landing import readable
from retailsync_assets.raw_file.parser import records_of
from retailsync_assets.resources.lake import Lake
from retailsync_assets.resources.tables import TABLES

RAW = "raw_reset_file"
PIVOTING = ("PIVOT", "SELECT", "FROM", "WITH")
CHANGING = re.compile(rb"(copy|insert|update|delete)\b", re.IGNORECASE)

Answer = tuple[list[str], list[tuple[Any, ...]]]


def run_query(lake: Lake, settings: RetailPro, snapshots: Sequence[Snapshot], sql: str) -> Answer:
    """The column names and rows of one DuckDB query; raises `duckdb.Error` for one it refuses.

    The query can read this site's lake and nothing else, and can change nothing in it.
    """
    with lake.get_connection() as duck:
        _refuse_all_but_one_question(duck, sql)
        for table in TABLES.keys() - {RAW}:
            _every_date(lake, duck, table)
        _raw_rows(lake, duck, settings, snapshots)
        answer = duck.sql(sql)
        return answer.columns, answer.fetchall()


def _refuse_all_but_one_question(duck: DuckDBPyConnection, sql: str) -> None:
    """This connection may write to the lake's folders, too; a query needs none of that."""
    statements = duck.extract_statements(sql)
    if not statements:
        raise duckdb.InvalidInputException("Invalid Input Error: the query is empty; try FROM applied_inventory")
    for statement in statements:
        # Anything that holds a PIVOT is of the kind MULTI, also a COPY that writes what it gives.
        pivots = statement.type == StatementType.MULTI and statement.query.upper().lstrip().startswith(PIVOTING)
        if (statement.type != StatementType.SELECT and not pivots) or _has_a_change(statement.query):
            raise duckdb.PermissionException(
                "Permission Error: only reading queries are allowed: SELECT, FROM, DESCRIBE, PIVOT …"
            )
    if len(statements) > 1:
        raise duckdb.InvalidInputException(f"Invalid Input Error: expected one query, got {len(statements)}")


def _has_a_change(sql: str) -> bool:
    """Whether a keyword in it writes: DuckDB accepts a COPY inside a WITH, and still calls the statement a SELECT."""
    text, word = sql.encode(), duckdb.token_type.keyword
    return any(kind == word and CHANGING.match(text, at) for at, kind in duckdb.tokenize(sql))


def _every_date(lake: Lake, duck: DuckDBPyConnection, table: str) -> None:
    files = sorted((lake.folder / table).glob("business_date=*/data.parquet"))
    if files:
        names = [str(file) for file in files]
        found = duck.read_parquet(names, hive_partitioning=True, union_by_name=True)
        columns = [column.name for column in TABLES[table] if column.name in found.columns]
        found.project(", ".join(f'"{name}"' for name in (*columns, "business_date"))).create_view(table)
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
        file = readable(lake.landing, snapshot, settings.encoding)
        records = records_of(duck, file, snapshot.columns, settings)
        rows = records.project(f"upc, store_code, quantity, DATE '{snapshot.business_date}' AS business_date")
        together = rows if together is None else together.union(rows)
    if together is None:
        _nothing_yet(lake, duck, RAW)
    else:
        together.create_view(RAW)
