"""HotWax's Data Manager: takes import files off SFTP, queues them, and applies them when it gets round to it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, select

from retailsync_assets.sandbox.hotwax.import_file import (
    RESET,
    VARIANCE,
    BadRow,
    ImportFile,
    UnreadableFile,
    failed_records,
    read_import,
)
from retailsync_assets.sandbox.hotwax.oms import Tables, tables
from retailsync_assets.sandbox.hotwax.rows import next_id, stored
from retailsync_assets.sandbox.hotwax.stock_updates import StockUpdater
from retailsync_assets.sandbox.setup import RESET_FOLDER, VARIANCE_FOLDER

_FILES: Final = {RESET: re.compile(r"ResetInventory_.*\.csv"), VARIANCE: re.compile(r"InventoryVariance_.*\.csv")}


@dataclass(frozen=True)
class _Outcome:
    """How an import ended: its status, its counts, and the rows that were not applied with their reasons."""

    status: str
    total: int = 0
    failures: tuple[tuple[list[str], str], ...] = ()
    file: ImportFile | None = None


class HotWax:
    """The two import jobs over one OMS and one SFTP tree. `poll` and `process` are apart, as they are in life: what
    was taken from the folder is queued until something processes it."""

    def __init__(
        self,
        engine: Engine,
        sftp_root: Path,
        clock: Callable[[], datetime],
        reset_folder: str = RESET_FOLDER,
        variance_folder: str = VARIANCE_FOLDER,
    ) -> None:
        self._engine = engine
        self._root = sftp_root
        self._clock = clock
        self._folders = {RESET: reset_folder, VARIANCE: variance_folder}

    def poll(self) -> None:
        """Moves every import file to archive/, oldest name first, and queues a DATA_MANAGER_LOG for it."""
        for config_id, folder in self._folders.items():
            inbox = self._root / folder
            for path in sorted(inbox.iterdir()):
                if _FILES[config_id].fullmatch(path.name) and path.is_file() and not path.is_symlink():
                    self._queue(config_id, path)

    def process(self, after_row: Callable[[], None] | None = None) -> None:
        """Applies every queued file in the order of queueing, each in one transaction: the good rows move the stock,
        the bad ones go to error/. With `after_row` each row is one, and that is called after it: imports overlap, as
        they may. Raises OperationalError where the database stays locked."""
        log = self._tables["DATA_MANAGER_LOG"].c
        with self._engine.connect() as connection:
            waiting = connection.execute(
                select(log.LOG_ID, log.CONFIG_ID)
                .where(log.STATUS_ID == "SERVICE_QUEUED")
                .order_by(log.CREATED_DATE, log.LOG_ID)
            ).all()
        for log_id, config_id in waiting:
            self._run(log_id, config_id, after_row)

    def restart(self, log_id: str) -> None:
        """Queues a crashed import once more, in place: the same log, which forgets how it had ended."""
        log = self._tables["DATA_MANAGER_LOG"]
        anew = {"START_DATE_TIME": None, "FINISH_DATE_TIME": None}
        with self._engine.begin() as connection:
            connection.execute(log.update().filter_by(LOG_ID=log_id).values(STATUS_ID="SERVICE_PENDING", **anew))

    def restart_as_new(self, log_id: str) -> str:
        """Queues a crashed import once more, as a log of its own for the same file; answers that log's id."""
        log, content = self._tables["DATA_MANAGER_LOG"], self._tables["DATA_MANAGER_CONTENT"]
        with self._engine.begin() as connection:
            failed = connection.execute(select(log).filter_by(LOG_ID=log_id)).one()
            imported = {"LOG_ID": log_id, "LOG_CONTENT_TYPE_ENUM_ID": "DmcntImported"}
            file = connection.execute(select(content).filter_by(**imported)).one()
            child, now = next_id(connection, log.c.LOG_ID, "DML"), stored(self._clock())
            queued = {"LOG_ID": child, "CONFIG_ID": failed.CONFIG_ID, "STATUS_ID": "SERVICE_QUEUED"}
            connection.execute(log.insert().values(**queued, CREATED_DATE=now))
            at = self._root / file.CONTENT_LOCATION
            self._content(connection, child, "DmcntImported", file.FILE_NAME, file.FILE_SIZE, at)
        return child

    def requeue_interrupted(self) -> None:
        """Queues again what was running when the program was killed: it had committed nothing of it."""
        log = self._tables["DATA_MANAGER_LOG"]
        interrupted = log.update().where(log.c.STATUS_ID == "SERVICE_RUNNING")
        with self._engine.begin() as connection:
            connection.execute(interrupted.values(STATUS_ID="SERVICE_QUEUED", START_DATE_TIME=None))

    @cached_property
    def _tables(self) -> Tables:
        return tables(self._engine)

    def _queue(self, config_id: str, path: Path) -> None:
        with self._engine.begin() as connection:
            log = self._tables["DATA_MANAGER_LOG"]
            log_id, now = next_id(connection, log.c.LOG_ID, "DML"), stored(self._clock())
            connection.execute(
                log.insert().values(LOG_ID=log_id, CONFIG_ID=config_id, STATUS_ID="SERVICE_QUEUED", CREATED_DATE=now)
            )
            archive = path.parent / "archive" / path.name
            if archive.exists():
                archive = archive.with_name(f"{path.stem}_{log_id}{path.suffix}")
            self._content(connection, log_id, "DmcntImported", path.name, path.stat().st_size, archive)
            path.replace(archive)

    def _run(self, log_id: str, config_id: str, after_row: Callable[[], None] | None) -> None:
        log, content = self._tables["DATA_MANAGER_LOG"], self._tables["DATA_MANAGER_CONTENT"]
        of_log = log.update().filter_by(LOG_ID=log_id)
        with self._engine.begin() as connection:
            connection.execute(of_log.values(STATUS_ID="SERVICE_RUNNING", START_DATE_TIME=stored(self._clock())))
            imported = {"LOG_ID": log_id, "LOG_CONTENT_TYPE_ENUM_ID": "DmcntImported"}
            location = connection.execute(select(content.c.CONTENT_LOCATION).filter_by(**imported)).scalar_one()
        by_row = self._apply_by_row(config_id, self._root / location, after_row) if after_row else None
        with self._engine.begin() as connection:
            outcome = by_row or self._apply(connection, config_id, self._root / location)
            if outcome.file is not None and outcome.failures:
                self._report(connection, log_id, self._root / location, outcome.file, outcome.failures)
            connection.execute(
                of_log.values(
                    STATUS_ID=outcome.status,
                    FINISH_DATE_TIME=stored(self._clock()),
                    TOTAL_RECORD_COUNT=outcome.total,
                    FAILED_RECORD_COUNT=len(outcome.failures),
                )
            )

    def _apply(self, connection: Connection, config_id: str, path: Path) -> _Outcome:
        try:
            file = read_import(path.read_bytes(), config_id)
        except UnreadableFile:
            return _Outcome("SERVICE_FAILED")
        stockroom = StockUpdater(connection, self._tables, self._clock())
        failures: list[tuple[list[str], str]] = []
        for row in file.rows:
            try:
                stockroom.apply(config_id, file.values(row), self._clock())
            except BadRow as bad:
                failures.append((list(row), str(bad)))
        stockroom.save()
        return _Outcome("SERVICE_FINISHED", len(file.rows), tuple(failures), file)

    def _apply_by_row(self, config_id: str, path: Path, after_row: Callable[[], None]) -> _Outcome:
        try:
            file = read_import(path.read_bytes(), config_id)
        except UnreadableFile:
            return _Outcome("SERVICE_FAILED")
        failures: list[tuple[list[str], str]] = []
        for row in file.rows:
            try:
                with self._engine.begin() as connection:
                    stockroom = StockUpdater(connection, self._tables, self._clock())
                    stockroom.apply(config_id, file.values(row), self._clock())
                    stockroom.save()
            except BadRow as bad:
                failures.append((list(row), str(bad)))
            after_row()
        return _Outcome("SERVICE_FINISHED", len(file.rows), tuple(failures), file)

    def _report(self, connection: Connection, log_id: str, archived: Path, file: ImportFile, failures: Any) -> None:
        report = archived.parent.parent / "error" / f"{archived.stem}_{log_id}_failed.csv"
        report.write_bytes(failed_records(file, failures))
        self._content(connection, log_id, "DmcntError", report.name, report.stat().st_size, report)

    def _content(self, connection: Connection, log_id: str, kind: str, name: str, size: int, at: Path) -> None:
        content = self._tables["DATA_MANAGER_CONTENT"]
        connection.execute(
            content.insert().values(
                LOG_CONTENT_ID=next_id(connection, content.c.LOG_CONTENT_ID, "DMC"),
                LOG_ID=log_id,
                LOG_CONTENT_TYPE_ENUM_ID=kind,
                FILE_NAME=name,
                FILE_SIZE=size,
                CONTENT_LOCATION=at.relative_to(self._root).as_posix(),
                CONTENT_DATE=stored(self._clock()),
            )
        )
