"""SQLite files that stay open from one transaction to the next, and whether Dagster has made its tables in one."""

import os
import sqlite3
from collections import OrderedDict
from collections.abc import Generator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, QueuePool, StaticPool, create_engine, event

MOST = 8
"""Databases kept open at once: one for runs, one for all events, and one for each run."""
BUSY_SECONDS = 30.0


class OpenDatabases:
    """Engines by file. A file that was removed, or a process that was forked off, gets another."""

    def __init__(self) -> None:
        self._engines = OrderedDict[tuple[str, int, int], Engine]()

    def engine(self, file: str) -> Engine:
        """The engine of a SQLite file, which is made if it is not there."""
        Path(file).touch()
        key = (file, Path(file).stat().st_ino, os.getpid())
        if key not in self._engines:
            self._engines[key] = _engine(file)
        self._engines.move_to_end(key)
        while len(self._engines) > MOST:
            self._engines.popitem(last=False)[1].dispose()
        return self._engines[key]

    def close(self) -> None:
        """Each file is closed, its log written back."""
        while self._engines:
            self._engines.popitem()[1].dispose()


@contextmanager
def in_memory() -> Generator[Engine]:
    """A database that is gone afterwards."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    try:
        yield engine
    finally:
        engine.dispose()


def statements_of(engine: Engine) -> tuple[str, ...]:
    """What makes another database like this one, but for the transaction around it."""
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        return tuple(driver.iterdump())[1:-1]


def fill(file: Path, statements: Sequence[str]) -> None:
    """Run all of them in an empty database or none: whoever opens it meanwhile finds it empty, or made."""
    with closing(sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("BEGIN IMMEDIATE")
        if database.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
            for statement in statements:
                database.execute(statement)
        database.execute("COMMIT")


def _engine(file: str) -> Engine:
    """As Dagster's; a commit waits for no disk: after a power failure, the Dagster UI may lack the last events."""
    engine = create_engine(
        f"sqlite:///{file}",
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=-1,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
    )

    def relax(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA journal_mode = WAL").close()
        connection.execute("PRAGMA synchronous = NORMAL").close()

    event.listen(engine, "connect", relax)
    return engine


def is_made(file: Path, *tables: str) -> bool:
    """Has the file these tables, and the version, which Dagster enters last? It would import 90 migrations to ask."""
    if not file.is_file():
        return False
    with closing(sqlite3.connect(file, timeout=BUSY_SECONDS)) as database:
        found = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        needed = {"alembic_version", *tables}
        return needed <= found and database.execute("SELECT count(*) FROM alembic_version").fetchone() == (1,)
