from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from retailsync_assets.errors import RetailSyncError, SetupError, Unreachable
from retailsync_assets.resources import oms as module
from retailsync_assets.resources.oms import Oms
from retailsync_assets_tests.resources.conftest import AS_OF
from retailsync_assets_tests.servers.free_port import free_port


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A database with one table and one row."""
    url = f"sqlite:///{tmp_path / 'oms.db'}"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE PRODUCT (PRODUCT_ID)"))
        connection.execute(text("INSERT INTO PRODUCT VALUES ('A')"))
    engine.dispose()
    return url


def one_line(failed: pytest.ExceptionInfo[RetailSyncError]) -> str:
    (line,) = str(failed.value).splitlines()
    return line


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO PRODUCT VALUES ('B') RETURNING PRODUCT_ID",
        "DELETE FROM PRODUCT RETURNING PRODUCT_ID",
        "UPDATE PRODUCT SET PRODUCT_ID = 'B' RETURNING PRODUCT_ID",
        "CREATE TABLE NEW (ID)",
        "DROP TABLE PRODUCT",
    ],
)
def test_on_sqlite_nothing_can_be_written(url: str, monkeypatch: pytest.MonkeyPatch, statement: str) -> None:
    before = Path(url.removeprefix("sqlite:///")).read_bytes()
    monkeypatch.setattr(module, "query", lambda _: statement)
    with pytest.raises(RetailSyncError) as failed:
        Oms(url).rows("anything")
    assert "readonly" in one_line(failed)
    assert Path(url.removeprefix("sqlite:///")).read_bytes() == before


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"there is no such file") as failed:
        Oms(f"sqlite:///{tmp_path / 'oms.db'}").rows("on_hand", product_stores=["STORE"])
    assert str(tmp_path / "oms.db") in one_line(failed)
    assert list(tmp_path.iterdir()) == []


def test_a_database_without_its_tables_is_broken(url: str) -> None:
    with pytest.raises(SetupError, match="on_hand: no such table") as failed:
        Oms(url).rows("on_hand", product_stores=["STORE"])
    assert one_line(failed)


def test_on_mariadb_too(mariadb_url: str) -> None:
    with pytest.raises(SetupError, match=r"stores: .*doesn't exist") as failed:
        Oms(mariadb_url).rows("stores", now=AS_OF, product_stores=["STORE"])
    assert "secret" not in one_line(failed)


def test_a_server_that_does_not_answer_is_unreachable() -> None:
    with pytest.raises(Unreachable) as failed:
        Oms(f"mysql+pymysql://reader:canary@127.0.0.1:{free_port()}/oms").rows("on_hand", product_stores=["STORE"])
    assert "canary" not in one_line(failed)
