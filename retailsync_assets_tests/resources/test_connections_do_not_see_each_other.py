import duckdb
import pytest

from retailsync_assets.resources.lake import Lake


def test_two_at_once_have_tables_and_macros_of_one_name(lake: Lake) -> None:
    with lake.get_connection() as one, lake.get_connection() as other:
        for duck, units in ((one, 1), (other, 2)):
            duck.execute(f"CREATE TABLE stock AS SELECT {units} AS units; CREATE MACRO taken() AS {units}")
        found = [duck.sql("SELECT units, taken() FROM stock").fetchall() for duck in (one, other)]
    assert found == [[(1, 1)], [(2, 2)]]


def test_nothing_of_one_is_left_for_the_next(lake: Lake) -> None:
    with lake.get_connection() as duck:
        duck.execute("CREATE TABLE stock AS SELECT 1 AS units")
    with lake.get_connection() as duck, pytest.raises(duckdb.CatalogException):
        duck.execute("FROM stock")


def test_after_a_failure_there_is_a_sound_one(lake: Lake) -> None:
    with pytest.raises(duckdb.Error), lake.get_connection() as duck:
        duck.execute("BEGIN; CREATE TABLE stock AS SELECT 1 AS units; SELECT error('broken')")
    with lake.get_connection() as duck:
        assert duck.sql("SELECT 1").fetchall() == [(1,)]
        assert duck.sql("SELECT current_setting('TimeZone')").fetchall() == [("UTC",)]
