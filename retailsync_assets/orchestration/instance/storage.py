"""Dagster's own SQLite storage, on connections that stay open.

Dagster's SQLite storage makes an engine and opens the file anew for each of a night's 300 transactions, and the last
one to close a write-ahead log writes it back and has it on the disk: half a second of processor, and a thousand syncs.
It has Alembic read all its migrations for each database that it opens, too: here only for one that is not made yet.
"""

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage
from dagster._core.storage.runs.sqlite.sqlite_run_storage import SqliteRunStorage
from dagster._core.storage.schedules.sqlite.sqlite_schedule_storage import SqliteScheduleStorage
from dagster._core.storage.sqlite import create_db_conn_string
from dagster._core.storage.sqlite_storage import DagsterSqliteStorage
from dagster._serdes import ConfigurableClassData
from sqlalchemy import Connection

from retailsync_assets.orchestration.instance.sqlite_pool import OpenDatabases, fill, in_memory, is_made, statements_of


class EventLog(SqliteEventLogStorage):
    """Dagster's events: one database a run, and one of all."""

    def __init__(self, base_dir: str) -> None:
        self._open = OpenDatabases()
        self._made_by: tuple[str, ...] = ()
        super().__init__(base_dir)

    @contextmanager
    def _connect(self, shard: str) -> Generator[Connection]:
        with self._db_lock:
            file = Path(self.path_for_shard(shard))
            if not file.exists() or shard not in self._initialized_dbs:
                self._make(file)
                self._initialized_dbs: set[str] = {*self._initialized_dbs, shard}
            with self._open.engine(str(file)).begin() as connection:
                yield connection
            os.utime(file)  # the page watches the file, which a commit to its log leaves as it was

    def _make(self, file: Path) -> None:
        """A run's database: what Dagster makes of an empty one, all of it at once."""
        if is_made(file):
            return
        if not file.exists():
            fill(file, self._statements())
        if not is_made(file):  # begun by an older Dagster, or by one that was killed
            self._initdb(self._open.engine(str(file)))

    def _statements(self) -> tuple[str, ...]:
        """What makes such a database; asked of Dagster once a process."""
        if not self._made_by:
            with in_memory() as engine:
                self._initdb(engine)
                self._made_by = statements_of(engine)
        return self._made_by

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

    @classmethod
    def from_local(cls, base_dir: str, inst_data: ConfigurableClassData | None = None) -> Self:
        if is_made(Path(base_dir, "runs.db"), "runs", "instance_info"):
            return cls(create_db_conn_string(base_dir, "runs"), inst_data)
        return super().from_local(base_dir, inst_data)

    @contextmanager
    def connect(self) -> Generator[Connection]:
        with self._open.engine(self._conn_string.removeprefix("sqlite:///")).begin() as connection:
            yield connection

    def dispose(self) -> None:
        super().dispose()
        self._open.close()


class ScheduleLog(SqliteScheduleStorage):
    """Dagster's schedules, sensors and their ticks."""

    @classmethod
    def from_local(cls, base_dir: str, inst_data: ConfigurableClassData | None = None) -> SqliteScheduleStorage:
        if is_made(Path(base_dir, "schedules.db"), "job_ticks"):
            return cls(create_db_conn_string(base_dir, "schedules"), inst_data)
        return super().from_local(base_dir, inst_data)


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
            self._schedule_storage = ScheduleLog.from_local(str(folder / "schedules"))

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData | None, config_value: Any) -> Self:
        return cls.from_local(inst_data=inst_data, **config_value)
