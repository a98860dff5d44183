"""The lake: one Parquet file a table and date, read and written by an in-memory DuckDB locked to the site's folders."""

import json
import os
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from duckdb import DuckDBPyConnection, DuckDBPyRelation

from retailsync_assets.resources.duckdb_engines import ENGINES, EngineSettings
from retailsync_assets.resources.lake_files import LakeFiles
from retailsync_assets.resources.sql import query
from retailsync_assets.resources.tables import TABLES

MEMORY_LIMIT = "384MB"
_NUMBERS = count(1)


@dataclass(frozen=True)
class Lake(LakeFiles):
    """DuckDB over the Parquet files of one site; `memory_limit` is what one query may take before it spills to disk.

    Example:
        with lake.get_connection() as duck:
            lake.attach(duck, business_date, "active_products", "stores")
            lake.write(duck, business_date, "reset/filtered_reset", floor=True, snapshot_id=snapshot_id)
    """

    memory_limit: str = MEMORY_LIMIT

    @contextmanager
    def get_connection(self) -> Generator[DuckDBPyConnection]:
        """A connection that reads and writes this site's folders only and can't be reconfigured; closed in any case.

        What it makes is its own: nothing is left of it, or seen of it by another. After a failure DuckDB starts anew.
        """
        scratch = self.home.folder_for("scratch")
        folders = tuple(f"{folder}{os.sep}" for folder in (self.folder, self.landing, scratch))
        with ENGINES.connection(EngineSettings(self.memory_limit, str(scratch), folders)) as duck:
            own = f"connection_{next(_NUMBERS)}"
            duck.execute(f"CREATE SCHEMA {own}")
            duck.execute(f"USE {own}")
            yield duck
            duck.execute(f"DROP SCHEMA {own} CASCADE")

    def attach(self, duck: DuckDBPyConnection, on: date, *tables: str) -> None:
        """Make tables of a date readable under their names; one that was not made reads as empty."""
        self.attach_as(duck, on, **{table: table for table in tables})

    def attach_as(self, duck: DuckDBPyConnection, on: date, **names: str) -> None:
        """Make tables of a date readable under other names."""
        for name, table in names.items():
            file = self.file(table, on)
            if file.is_file():
                written = duck.read_parquet(str(file), hive_partitioning=False)
                written.project(_columns(table, written.columns)).create_view(name)
            else:
                self.load(duck, name, table, [])

    def attach_earlier(self, duck: DuckDBPyConnection, on: date, **names: str) -> None:
        """Make tables of all dates before this one readable under other names, with their `business_date`."""
        for name, table in names.items():
            today = self.file(table, on).parent.name
            files = [str(file) for file in self.folder.glob(f"{table}/*/data.parquet") if file.parent.name < today]
            if files:
                duck.read_parquet(files, hive_partitioning=True, union_by_name=True).create_view(name)
            else:
                columns = {column.name: column.type for column in TABLES[table]} | {"business_date": "DATE"}
                self.load_as(duck, name, columns, [])

    def load(self, duck: DuckDBPyConnection, name: str, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Rows (plain JSON values) as a table `name` with the columns of a lake table."""
        self.load_as(duck, name, {column.name: column.type for column in TABLES[table]}, rows)

    def load_as(
        self, duck: DuckDBPyConnection, name: str, columns: Mapping[str, str], rows: Sequence[Mapping[str, Any]]
    ) -> None:
        """Rows (plain JSON values) as a table `name` with these columns and DuckDB types."""
        values = {"rows": json.dumps(rows), "structure": json.dumps([dict(columns)])}
        duck.sql(query("lake/rows_of_json"), params=values).create(name)

    def run_query(self, duck: DuckDBPyConnection, name: str, **values: object) -> DuckDBPyRelation:
        """The answer of `sql/<name>.sql` as a table of this connection, under the last part of the query's name."""
        table = name.rpartition("/")[2]
        duck.sql(query(name), params=values or None).create(table)
        return duck.table(table)

    def write_query(self, duck: DuckDBPyConnection, on: date, name: str, **values: object) -> int:
        """The answer of `sql/<name>.sql` becomes a table of a date, in one step, under the last part of that name.

        Answers its number of rows.
        """
        return self.write_table(self.run_query(duck, name, **values), on, name.rpartition("/")[2])

    def write_table(self, relation: DuckDBPyRelation, on: date, table: str) -> int:
        """A relation becomes a table of a date, with the columns of `TABLES` in order; same rows, same bytes."""
        columns = ", ".join(f'CAST("{column.name}" AS {column.type}) AS "{column.name}"' for column in TABLES[table])
        file = self.file(table, on)
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = file.with_name(f".{os.getpid()}.part")
        relation.project(columns).write_parquet(str(part), compression="zstd")
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.replace(file)
        return relation.count("*").fetchall()[0][0]

    def rows(self, table: str, on: date) -> list[dict[str, Any]]:
        """Every row of a table of a date, in the order it was written."""
        with self.get_connection() as duck:
            self.attach(duck, on, table)
            return fetch_dicts(duck.sql(f"FROM {table}"))


def _columns(table: str, written: list[str]) -> str:
    """Every column of a table: one that an older release did not write is null."""
    missing = [column for column in TABLES[table] if column.name not in written]
    return ", ".join(["*", *(f'CAST(NULL AS {column.type}) AS "{column.name}"' for column in missing)])


def fetch_dicts(relation: Any) -> list[dict[str, Any]]:
    """A DuckDB answer as dictionaries."""
    names = [column[0] for column in relation.description]
    return [dict(zip(names, row, strict=True)) for row in relation.fetchall()]
