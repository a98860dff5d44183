from pathlib import Path

import duckdb
import pytest

from retailsync_assets.config.home import Home
from retailsync_assets.resources.lake import Lake
from retailsync_assets_tests.resources.keeping import keep


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with files that are none of a site's business, and in the lake of `demo` a link to them."""
    folder = tmp_path_factory.mktemp("outside")
    lake, other = (Lake(Home(folder / "home"), site) for site in ("demo", "other"))
    keep(lake)
    keep(other)
    (folder / "home/ledger.db").write_text("books")
    (folder / "secret.csv").write_text("a\n1\n")
    (lake.folder / "link.csv").symlink_to(folder / "secret.csv")
    (lake.folder / "way").symlink_to(folder)
    return folder


@pytest.mark.parametrize(
    "statement",
    [
        "FROM read_csv('{outside}/secret.csv')",
        "FROM read_text('{outside}/home/ledger.db')",
        "FROM read_blob('/etc/hostname')",
        "FROM '{outside}/secret.csv'",
        "FROM read_csv('{lake}/../../../secret.csv')",
        "FROM read_parquet('{lake}/../other/stores/*/data.parquet')",
        "FROM read_parquet('{outside}/home/lake/other/stores/*/data.parquet')",
        "FROM read_csv('{lake}/link.csv')",
        "FROM read_csv('{lake}/way/secret.csv')",
        "FROM read_text('https://example.invalid/')",
        "FROM glob('{outside}/*')",
        "ATTACH '{outside}/home/ledger.db'",
        "ATTACH '{outside}/new.db'",
        "COPY (SELECT 1) TO '{outside}/out.csv'",
        "COPY (SELECT 1) TO '{lake}/../out.csv'",
        "COPY (SELECT 1) TO '{lake}/way/out.csv'",
        "EXPORT DATABASE '{outside}/out'",
        "INSTALL httpfs",
        "INSTALL spatial FROM community",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET allowed_directories = ['/']",
        "SET memory_limit = '100GB'",
        "SET temp_directory = '/tmp'",
        "SET lock_configuration = false",
        "RESET lock_configuration",
        "PRAGMA enable_external_access",
    ],
)
def test_what_leads_out_is_refused(outside: Path, statement: str) -> None:
    lake, before = Lake(Home(outside / "home"), "demo"), sorted(outside.rglob("*"))
    with lake.get_connection() as duck, pytest.raises(duckdb.Error):
        duck.execute(statement.format(outside=outside, lake=lake.folder)).fetchall()
    assert sorted(outside.rglob("*")) == before


def test_no_variable_of_the_process_is_read(lake: Lake) -> None:
    secret = ["of this process"]
    with lake.get_connection() as duck:
        with pytest.raises(duckdb.Error):
            duck.sql("FROM secret")
        with pytest.raises(duckdb.Error):
            duck.sql("SELECT getenv('PATH')")
    assert secret


def test_its_own_folders_are_open(lake: Lake) -> None:
    (lake.landing / "raw.csv").write_text("a\n1\n")
    scratch = lake.home.folder_for("scratch")
    with lake.get_connection() as duck:
        assert duck.sql(f"FROM read_csv('{lake.landing}/raw.csv')").fetchall() == [(1,)]
        duck.execute(f"COPY (SELECT 2 AS b) TO '{scratch}/b.csv'")
        duck.execute(f"COPY (SELECT 2 AS b) TO '{lake.folder}/b.parquet'")


def test_it_is_closed_whatever_happens(lake: Lake) -> None:
    with pytest.raises(ZeroDivisionError), lake.get_connection() as duck:
        raise ZeroDivisionError
    with pytest.raises(duckdb.ConnectionException):
        duck.execute("SELECT 1")  # pyright: ignore[reportPossiblyUnboundVariable]
