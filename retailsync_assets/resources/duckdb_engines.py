"""DuckDB databases that are started once and shared by the connections of a process."""

import atexit
import os
from collections import OrderedDict
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

import duckdb
from duckdb import DuckDBPyConnection

MOST = 2
"""How many are kept: a run has one; definitions of several sites ask for one after the other."""


@dataclass(frozen=True)
class EngineSettings:
    """What tells one database from another: its memory, where it spills to, and the only folders it may touch."""

    memory_limit: str
    scratch: str
    folders: tuple[str, ...]


class DuckDBEngines:
    """Owns every database that it starts, and closes it: threads may share it; a forked process starts its own."""

    def __init__(self) -> None:
        self._engines = OrderedDict[tuple[int, EngineSettings], DuckDBPyConnection]()
        self._lock = Lock()

    @contextmanager
    def connection(self, settings: EngineSettings) -> Generator[DuckDBPyConnection]:
        """A connection of a locked database; starting one takes longer than most questions, so that it is kept.

        After a failure within the block the next connection gets a new database; who is connected to this one stays so.
        """
        key = (os.getpid(), settings)
        engine, duck = self._connected(key)
        sound = False
        try:
            with duck:
                yield duck
            sound = True
        finally:
            if not sound:
                self._retire(key, engine)

    def close(self) -> None:
        """Close them all: what DuckDB still holds when Python ends, its binding reports as leaks."""
        with self._lock:
            for process, settings in list(self._engines):
                engine = self._engines.pop((process, settings))
                if process == os.getpid():
                    engine.close()

    def _connected(self, key: tuple[int, EngineSettings]) -> tuple[DuckDBPyConnection, DuckDBPyConnection]:
        with self._lock:
            engine = self._engines.get(key) or _start(key[1])
            self._engines[key] = engine
            self._engines.move_to_end(key)
            mine = [each for each in self._engines if each[0] == key[0]]
            for oldest in mine[:-MOST]:
                self._engines.pop(oldest).close()
            return engine, engine.cursor()

    def _retire(self, key: tuple[int, EngineSettings], engine: DuckDBPyConnection) -> None:
        with self._lock:
            if self._engines.get(key) is engine:
                self._engines.pop(key).close()


def _start(settings: EngineSettings) -> DuckDBPyConnection:
    duck = duckdb.connect(
        ":memory:", config={"memory_limit": settings.memory_limit, "temp_directory": settings.scratch}
    )
    for setting, value in (
        ("GLOBAL TimeZone", "UTC"),
        ("allowed_directories", list(settings.folders)),
        ("autoinstall_known_extensions", False),
        ("autoload_known_extensions", False),
        ("allow_community_extensions", False),
        ("python_enable_replacements", False),
        ("enable_external_access", False),
        ("lock_configuration", True),
    ):
        duck.execute(f"SET {setting} = ?", [value])
    return duck


ENGINES = DuckDBEngines()
"""Those of this process."""
atexit.register(ENGINES.close)
