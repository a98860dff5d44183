"""Dagster's own books, on connections that stay open.

Dagster's SQLite storage makes an engine and opens the file anew for each of a night's 300 transactions, and the last
one to close a write-ahead log writes it back and has it on the disk: half a second of processor, and a thousand syncs.
"""

import fcntl
import os
from collections import OrderedDict
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage
from dagster._core.storage.runs.sqlite.sqlite_run_storage import SqliteRunStorage
from dagster._core.storage.schedules.sqlite.sqlite_schedule_storage import SqliteScheduleStorage
from dagster._core.storage.sqlite_storage import DagsterSqliteStorage
from dagster._serdes import ConfigurableClassData
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event

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


def _engine(file: str) -> Engine:
    """As Dagster's; a commit waits for no disk: should the power fail, the page lacks a moment."""
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


class EventLog(SqliteEventLogStorage):
    """Dagster's events: one database a run, and one of all."""

    def __init__(self, base_dir: str) -> None:
        self._open = OpenDatabases()
        super().__init__(base_dir)

    @contextmanager
    def _connect(self, shard: str) -> Generator[Connection]:
        with self._db_lock:
            file = self.path_for_shard(shard)
            new, engine = not Path(file).exists(), self._open.engine(file)
            if new or shard not in self._initialized_dbs:
                self._initdb(engine)
                self._initialized_dbs: set[str] = {*self._initialized_dbs, shard}
            with engine.begin() as connection:
                yield connection
            os.utime(file)  # the page watches the file, which a commit to its log leaves as it was

    def wipe(self) -> None:
        self._open.close()
        super().wipe()

    def dispose(self) -> None:
        super().dispose()
        self._open.close()


class RunLog(SqliteRunStorage):
    """Dagster's runs and their states."""

    def __init__(self, conn_string: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._open = OpenDatabases()
        super().__init__(conn_string, inst_data)

    @contextmanager
    def connect(self) -> Generator[Connection]:
        with self._open.engine(self._conn_string.removeprefix("sqlite:///")).begin() as connection:
            yield connection

    def dispose(self) -> None:
        super().dispose()
        self._open.close()


@contextmanager
def _alone(folder: Path) -> Generator[None]:
    """One process at a time: two that make the same new database leave it with two versions, which no other opens."""
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / ".opening", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


class Storage(DagsterSqliteStorage):
    """Named in dagster.yaml. The files are those of Dagster's own storage: each can go on where the other left off."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        super(DagsterSqliteStorage, self).__init__()  # its own would open its own three
        self.base_dir, self._inst_data, folder = base_dir, inst_data, Path(base_dir)
        with _alone(folder):
            self._run_storage = RunLog.from_local(str(folder / "history"))
            self._event_log_storage = EventLog(str(folder / "history" / "runs"))
            self._schedule_storage = SqliteScheduleStorage.from_local(str(folder / "schedules"))

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData | None, config_value: Any) -> Self:
        return cls.from_local(inst_data=inst_data, **config_value)
