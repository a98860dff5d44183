from pathlib import Path

import pytest
from sqlalchemy import create_engine, delete, text

from retailsync_assets.ledger import schema
from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets_tests.servers.mariadb import MariaDB
from retailsync_assets_tests.servers.postgresql import PostgreSQL

COUNT_ANEW = {
    "MariaDB": "ALTER TABLE event AUTO_INCREMENT = 1",
    "PostgreSQL": "ALTER SEQUENCE event_id_seq RESTART",
}


@pytest.fixture(scope="session")
def books_on_mariadb(mariadb: MariaDB) -> str:
    """One database for all: making the tables takes longer than most tests."""
    url = mariadb.database()
    Ledger(url, "demo")
    return url


@pytest.fixture(scope="session")
def books_on_postgresql(postgresql: PostgreSQL) -> str:
    """One database for all."""
    url = postgresql.database()
    Ledger(url, "demo")
    return url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Empty books in SQLite: for tables of many cases, which say nothing about the database."""
    return f"sqlite:///{tmp_path / 'ledger.db'}"


@pytest.fixture(params=["SQLite", "MariaDB", "PostgreSQL"])
def ledger_url(request: pytest.FixtureRequest, sqlite_url: str) -> str:
    """Empty books, in each of the three in turn."""
    if request.param == "SQLite":
        return sqlite_url
    url: str = request.getfixturevalue(f"books_on_{request.param.lower()}")
    engine = create_engine(url)
    with engine.begin() as connection:
        for table in set(schema.metadata.sorted_tables) - {schema.turn}:
            connection.execute(delete(table))
        connection.execute(text(COUNT_ANEW[request.param]))
    engine.dispose()
    return url


@pytest.fixture
def ledger(ledger_url: str) -> Ledger:
    """The books of the site `demo`."""
    return Ledger(ledger_url, "demo")
