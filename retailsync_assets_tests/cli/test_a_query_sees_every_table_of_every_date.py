import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from retailsync_assets.cli.lake_query import run_query
from retailsync_assets.config.home import Home
from retailsync_assets.ledger.models import Snapshot
from retailsync_assets.resources.lake import Lake
from retailsync_assets.resources.tables import TABLES
from retailsync_assets_tests.config.sample import a_site
from retailsync_assets_tests.ledger.states import snapshot
from retailsync_assets_tests.resources.keeping import ON, STORES, keep

NEXT = date(2026, 11, 22)
PIVOT = "PIVOT stores ON facility_id USING count(*)"
RAW = 'sbs_no,store_code,description1,upc,qty\n1,NYC01,"T-SHIRT, ""BIG"" Ü",0123,10.0\n1,ATL01,,99,-2\n'


def asked(lake: Lake, sql: str, *snapshots: Snapshot, **settings: Any) -> list[tuple[Any, ...]]:
    return run_query(lake, a_site(retail_pro=settings).retail_pro, snapshots, sql)[1]


def landed(lake: Lake, on: date, text: str, encoding: str = "utf-8", delimiter: str = ",") -> Snapshot:
    """A raw file in the landing folder, as the ledger knows it."""
    content = text.replace(",", delimiter).encode(encoding)
    sha256 = hashlib.sha256(content).hexdigest()
    (lake.landing / f"{sha256}.csv").write_bytes(content)
    header = text.partition("\n")[0].split(",")
    return replace(snapshot(), business_date=on, sha256=sha256, columns=tuple(header))


def test_each_table_has_its_columns_and_the_date_before_anything_is_made(lake: Lake) -> None:
    sql = (
        "SELECT table_name, list(column_name ORDER BY column_index) FROM duckdb_columns() WHERE NOT internal GROUP BY 1"
    )
    assert dict(asked(lake, sql)) == {
        table: [*(column.name for column in columns), "business_date"] for table, columns in TABLES.items()
    }
    counts = " UNION ALL ".join(f"(FROM {table} SELECT count(*))" for table in TABLES)
    assert asked(lake, counts) == [(0,)] * len(TABLES)


def test_a_table_is_one_view_over_all_dates(lake: Lake) -> None:
    keep(lake)
    keep(lake, rows=STORES[:1], on=NEXT)
    found = asked(lake, "SELECT business_date, count(*) FROM stores GROUP BY ALL ORDER BY ALL")
    assert found == [(ON, 2), (NEXT, 1)]
    columns, _ = run_query(lake, a_site().retail_pro, (), "FROM stores")
    assert columns == [*(column.name for column in TABLES["stores"]), "business_date"]


def test_the_records_of_every_raw_file_are_there(lake: Lake) -> None:
    files = landed(lake, ON, RAW), landed(lake, NEXT, RAW.replace("10.0", "11"))
    assert asked(lake, "FROM raw_reset_file ORDER BY business_date, upc", *files) == [
        ("0123", "NYC01", "10.0", ON),
        ("99", "ATL01", "-2", ON),
        ("0123", "NYC01", "11", NEXT),
        ("99", "ATL01", "-2", NEXT),
    ]


@pytest.mark.parametrize("encoding, delimiter", [("utf-8", "|"), ("cp1252", ";"), ("cp1252", "\t")])
def test_they_are_read_as_the_site_writes_them(lake: Lake, encoding: str, delimiter: str) -> None:
    file = landed(lake, ON, RAW.replace("T-SHIRT, ", "T-SHIRT "), encoding, delimiter)
    found = asked(lake, "SELECT upc FROM raw_reset_file", file, encoding=encoding, delimiter=delimiter)
    assert sorted(found) == [("0123",), ("99",)]


def test_a_raw_file_that_was_cleared_away_is_left_out(lake: Lake) -> None:
    gone, kept = landed(lake, ON, RAW.replace("99", "98")), landed(lake, NEXT, RAW)
    (lake.landing / f"{gone.sha256}.csv").unlink()
    assert asked(lake, "SELECT DISTINCT business_date FROM raw_reset_file", gone, kept) == [(NEXT,)]


def test_a_home_of_a_strange_name_is_no_different(tmp_path: Path) -> None:
    lake = Lake(Home(tmp_path / "env=prod [1] 'x' *"), "demo")
    keep(lake)
    sql = "FROM stores JOIN raw_reset_file USING (business_date)"
    columns, rows = run_query(lake, a_site().retail_pro, [landed(lake, ON, RAW)], sql)
    assert len(rows) == 4
    assert len(columns) == 7


@pytest.mark.parametrize(
    "sql",
    [
        "DESCRIBE stores",
        "SHOW TABLES",
        "SUMMARIZE stores",
        "VALUES (1)",
        PIVOT,
        f"FROM ({PIVOT})",
        "SELECT 'copy' AS \"update\" -- delete",
    ],
)
def test_whatever_only_reads_is_answered(lake: Lake, sql: str) -> None:
    keep(lake)
    assert asked(lake, sql)


@pytest.mark.parametrize(
    "sql",
    [
        "COPY (SELECT 1) TO '{file}'",
        "copy (pivot stores on facility_id using count(*)) to '{file}'",
        "SELECT 1; COPY (SELECT 1) TO '{file}'",
        "WITH gone AS (COPY (SELECT 1) TO '{file}') FROM gone",
        "WITH \"é'\" AS (/* ' */ cOpY (pivot stores on facility_id using count(*)) TO '{file}') SELECT 1",
        "EXPLAIN ANALYZE COPY (SELECT 1) TO '{file}'",
        "EXPORT DATABASE '{file}'",
        "ATTACH '{file}'",
        "DROP VIEW stores",
        "CREATE OR REPLACE TABLE stores AS SELECT 1",
        "SET threads = 1",
    ],
)
def test_whatever_would_change_the_lake_is_refused(lake: Lake, sql: str) -> None:
    keep(lake)
    before = {path: path.read_bytes() for path in lake.folder.rglob("*") if path.is_file()}
    with pytest.raises(duckdb.Error, match="only reading queries are allowed"):
        asked(lake, sql.format(file=lake.file("stores", ON)))
    assert {path: path.read_bytes() for path in lake.folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("sql", ["", "  ", ";", "-- a thought"])
def test_a_question_that_is_none_is_told_so(lake: Lake, sql: str) -> None:
    with pytest.raises(duckdb.Error, match="the query is empty"):
        asked(lake, sql)


@pytest.mark.parametrize("sql", ["SELECT 1 AS a; SELECT 2 AS b", f"{PIVOT};\n{PIVOT};"])
def test_of_two_questions_none_is_passed_over(lake: Lake, sql: str) -> None:
    keep(lake)
    with pytest.raises(duckdb.Error, match="expected one query, got 2"):
        asked(lake, sql)


def test_a_semicolon_at_the_end_makes_no_second_question(lake: Lake) -> None:
    assert asked(lake, "SELECT ';' AS a; -- and no more;") == [(";",)]
