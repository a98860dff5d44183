"""Connections to the ledger's database: serial transactions, and its failures as one line for an operator."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager, suppress
from typing import Any

from sqlalchemy import (
    URL,
    Engine,
    create_engine,
    event,
    insert,
    make_url,
    select,
)
from sqlalchemy.engine import Connection
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, OperationalError
from sqlalchemy.pool import NullPool
from sqlalchemy.schema import CreateTable

from retailsync_assets.errors import NotPossible, SetupError, Unreachable, driver_message
from retailsync_assets.ledger.schema import turn


def parse_url(url: str) -> URL:
    """The ledger's URL, parsed; raises `NotPossible`, without repeating it, for one that SQLAlchemy can't read."""
    try:
        found = make_url(url)
        found.get_dialect()
    except (ArgumentError, ModuleNotFoundError) as unusable:
        raise NotPossible(
            "RETAILSYNC_LEDGER: no database's address; expected one such as"
            " mysql+pymysql://USER:PASSWORD@HOST/DATABASE, or unset RETAILSYNC_LEDGER"
        ) from unusable
    return found


@contextmanager
def translate_errors(engine: Engine) -> Generator[None]:
    """Raises `Unreachable` if the database is busy or away, `SetupError` if something is wrong with it."""
    try:
        yield
    except IntegrityError:
        raise
    except (DBAPIError, sqlite3.Error) as failed:
        cause = failed.orig if isinstance(failed, DBAPIError) else failed
        away = engine.dialect.name != "sqlite" and isinstance(failed, OperationalError)
        kind = Unreachable if away or "locked" in str(cause) else SetupError
        raise kind(f"the ledger {engine.url!r}: {driver_message(cause)}") from failed


READING = "retailsync_reading"
BUSY_SECONDS = 30


def connect(url: str) -> Engine:
    """An engine whose transactions are serial (SQLite: WAL, synchronous FULL, BEGIN IMMEDIATE)."""
    parse_url(url)
    if url.startswith("sqlite"):
        engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": BUSY_SECONDS})
        event.listen(engine, "connect", _durable)
        event.listen(engine, "begin", _at_once)
        return engine
    kept: dict[str, Any] = {"poolclass": NullPool} if url.startswith("postgresql") else {"pool_pre_ping": True}
    engine = create_engine(url, isolation_level="READ COMMITTED", **kept)  # psycopg warns of each that is left open
    with translate_errors(engine):
        _make_turn(engine)
    event.listen(engine, "begin", _in_turn)
    return engine


def _make_turn(engine: Engine) -> None:
    with suppress(IntegrityError), engine.begin() as connection:
        connection.execute(CreateTable(turn, if_not_exists=True))
        if connection.execute(select(turn.c.id)).first() is None:
            connection.execute(insert(turn).values(id=1))


def _durable(connection: Any, _: Any) -> None:
    connection.isolation_level = None
    for pragma in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL"):
        connection.execute(pragma)


def _at_once(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN" if _reads(connection) else "BEGIN IMMEDIATE")


def _in_turn(connection: Connection) -> None:
    if not _reads(connection):
        connection.execute(select(turn.c.id).with_for_update())


def _reads(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get(READING))


@contextmanager
def reading(engine: Engine) -> Generator[Connection]:
    """A transaction that sees one moment, and neither waits for a writer nor holds one up."""
    options: dict[str, Any] = {READING: True}
    if engine.dialect.name != "sqlite":
        options["isolation_level"] = "REPEATABLE READ"
    with translate_errors(engine), engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Generator[Connection]:
    """A transaction that waits for its turn, for a while, and commits at the end of the block."""
    with translate_errors(engine), engine.begin() as connection:
        yield connection
