"""A run's database is a copy of one that was made before: it has to be what Dagster itself would have made."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage

from retailsync_assets.orchestration.instance.sqlite_pool import fill, is_made
from retailsync_assets.orchestration.instance.storage import EventLog, Storage

RUN = "a-run"
ALEMBICS = (
    "CREATE TABLE alembic_version (\n\tversion_num VARCHAR(32) NOT NULL, \n\t"
    "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)\n)"
)


def content(file: Path) -> list[str]:
    """All of a database: its tables, its indexes, its rows."""
    with closing(sqlite3.connect(file)) as books:
        return sorted(books.iterdump())


@pytest.fixture
def dagsters(tmp_path: Path) -> list[str]:
    """That of a run, as Dagster's own storage makes it."""
    log = SqliteEventLogStorage(str(tmp_path / "dagsters"))
    with log.run_connection(RUN):
        return content(tmp_path / "dagsters" / f"{RUN}.db")


def empty(file: Path) -> None:
    file.touch()


def half_made(file: Path) -> None:
    with closing(sqlite3.connect(file)) as books:
        books.execute(ALEMBICS)


@pytest.mark.parametrize("found", [lambda _file: None, empty, half_made], ids=["not there", "empty", "half made"])
def test_whatever_was_found(tmp_path: Path, dagsters: list[str], found: Callable[[Path], None]) -> None:
    for name in ("first", RUN):
        log = EventLog(str(tmp_path / "ours"))
        found(tmp_path / "ours" / f"{name}.db")
        with log.run_connection(name):
            assert content(tmp_path / "ours" / f"{name}.db") == dagsters
        log.dispose()


def test_where_there_is_no_room_nothing_of_it_is_kept(tmp_path: Path, dagsters: list[str]) -> None:
    log = EventLog(str(tmp_path / "ours"))
    statements = log._statements()  # pyright: ignore[reportPrivateUsage]
    file = tmp_path / "ours" / f"{RUN}.db"
    with pytest.raises(sqlite3.OperationalError):
        fill(file, [*statements[:9], "THE DISK IS FULL"])
    assert len(content(file)) == len(["BEGIN", "COMMIT"])
    with log.run_connection(RUN):
        assert content(file) == dagsters
    log.dispose()


def test_two_at_once_make_it_once(tmp_path: Path, dagsters: list[str]) -> None:
    logs = [EventLog(str(tmp_path / "ours")) for _ in range(4)]
    with ThreadPoolExecutor() as threads:
        list(threads.map(lambda log: log._make(tmp_path / "ours" / f"{RUN}.db"), logs))  # pyright: ignore[reportPrivateUsage]
    assert content(tmp_path / "ours" / f"{RUN}.db") == dagsters
    for log in logs:
        log.dispose()


def test_a_home_that_was_made_is_opened_as_it_is(tmp_path: Path) -> None:
    Storage(str(tmp_path)).dispose()
    files = [tmp_path / "history" / "runs.db", tmp_path / "schedules" / "schedules.db"]
    before = [content(file) for file in files]
    assert is_made(files[0], "runs", "instance_info")
    assert is_made(files[1], "job_ticks")
    Storage(str(tmp_path)).dispose()
    assert [content(file) for file in files] == before


def test_one_that_was_cut_off_before_its_version_is_not_taken_for_made(tmp_path: Path) -> None:
    half_made(tmp_path / "runs.db")
    assert not is_made(tmp_path / "runs.db")
    assert not is_made(tmp_path / "nothing.db")
