import stat
from datetime import date
from pathlib import Path

import duckdb
import pytest

from retailsync_assets.config.home import Home
from retailsync_assets.resources.lake import Lake
from retailsync_assets.resources.tables import TABLES
from retailsync_assets_tests.resources.keeping import ON, STORES, keep


def test_the_same_rows_give_the_same_bytes(lake: Lake, tmp_path: Path) -> None:
    keep(lake)
    first = lake.file("stores", ON).read_bytes()
    keep(lake)
    elsewhere = Lake(Home(tmp_path / "elsewhere"), "demo")
    keep(elsewhere)
    assert lake.file("stores", ON).read_bytes() == first
    assert elsewhere.file("stores", ON).read_bytes() == first
    assert lake.sha256("stores", ON) == elsewhere.sha256("stores", ON)


def test_other_rows_give_other_bytes(lake: Lake) -> None:
    keep(lake)
    first = lake.sha256("stores", ON)
    keep(lake, rows=STORES[::-1])
    assert lake.sha256("stores", ON) != first


def test_it_reads_back_in_the_order_it_was_written(lake: Lake) -> None:
    assert keep(lake, rows=STORES[::-1]) == 2
    assert lake.rows("stores", ON) == STORES[::-1]


def test_another_date_is_another_table(lake: Lake) -> None:
    keep(lake)
    keep(lake, rows=STORES[:1], on=date(2026, 11, 22))
    assert len(lake.rows("stores", ON)) == 2
    assert len(lake.rows("stores", date(2026, 11, 22))) == 1
    assert lake.rows("stores", date(2026, 11, 23)) == []


def test_one_that_fails_leaves_the_old_one_whole(lake: Lake) -> None:
    keep(lake)
    with lake.get_connection() as duck:
        broken = duck.sql("SELECT 'A' AS facility_id, error('no more') AS external_facility_id, '' AS facility_name")
        with pytest.raises(duckdb.Error, match="no more"):
            lake.write_table(broken, ON, "stores")
    assert lake.rows("stores", ON) == STORES


def test_a_reader_in_the_middle_of_it_sees_the_old_one(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(lake)
    seen: list[int] = []
    replace = Path.replace

    def look_first(part: Path, target: Path) -> Path:
        seen.append(len(lake.rows("stores", ON)))
        return replace(part, target)

    monkeypatch.setattr(Path, "replace", look_first)
    keep(lake, rows=STORES[:1])
    assert seen == [2]
    assert len(lake.rows("stores", ON)) == 1


def test_nothing_else_is_left_beside_it(lake: Lake) -> None:
    keep(lake)
    file = lake.file("stores", ON)
    assert [path.name for path in file.parent.iterdir()] == ["data.parquet"]
    assert stat.S_IMODE(lake.folder.stat().st_mode) & 0o077 == 0


def test_a_table_that_was_not_made_reads_as_empty_with_its_columns(lake: Lake) -> None:
    with lake.get_connection() as duck:
        lake.attach(duck, ON, *TABLES)
        for table, columns in TABLES.items():
            shown = duck.table(table)
            assert shown.fetchall() == []
            assert list(zip(shown.columns, map(str, shown.types), strict=True)) == [
                (column.name, column.type) for column in columns
            ]
    assert [table for table in TABLES if lake.has(table, ON)] == []
