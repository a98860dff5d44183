import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg

from retailsync_assets_tests.servers.free_port import free_port
from retailsync_assets_tests.servers.missing import untested
from retailsync_assets_tests.servers.running import Running

SPEED_BEFORE_SAFETY = ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "shared_buffers=32MB"]
WHERE_DEBIAN_HAS_IT = Path("/usr/lib/postgresql")


class PostgreSQL(Running):
    """A private PostgreSQL server on a free port of 127.0.0.1, started by the constructor.

    It refuses to run as root; there it runs as its own Debian user, in a folder of that user.
    """

    host = "127.0.0.1"
    username = "postgres"

    def __init__(self) -> None:
        programs = newest_programs()
        self.port, self.numbers = free_port(), itertools.count(1)
        self.folder = Path(tempfile.mkdtemp(prefix="retailsync-postgresql-"))
        self.as_user: dict[str, Any] = {}
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
            self.as_user = {"user": "postgres", "group": "postgres", "extra_groups": []}
        data = self.folder / "data"
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", self.username, "--auth=trust", "--no-sync", "-E", "UTF8"],
            check=True, capture_output=True, stdin=subprocess.DEVNULL, cwd=self.folder, **self.as_user,
        )  # fmt: skip
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(
                [programs / "postgres", "-D", data, "-h", self.host, "-p", str(self.port), "-k", self.folder,
                 *SPEED_BEFORE_SAFETY],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder, **self.as_user,
            )  # fmt: skip
        deadline = time.monotonic() + 30
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                reason = (self.folder / "log").read_text()
                self.stop()
                raise RuntimeError(f"postgres does not answer:\n{reason}")
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            self.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def execute(self, statement: str) -> None:
        """As the server's superuser, outside any transaction."""
        with psycopg.connect(host=self.host, port=self.port, user=self.username, autocommit=True) as connection:
            connection.execute(statement.encode())

    def database(self) -> str:
        """The SQLAlchemy URL of a new, empty database."""
        name = f"ledger_{next(self.numbers)}"
        self.execute(f"CREATE DATABASE {name}")
        return f"postgresql+psycopg://{self.username}@{self.host}:{self.port}/{name}"

    def stop(self) -> None:
        """At once: nobody wants the data again."""
        self.process.send_signal(signal.SIGQUIT)  # SIGTERM would wait for the last client to leave
        self.process.wait()
        shutil.rmtree(self.folder)


def newest_programs() -> Path:
    """Where Debian keeps the newest server's programs. Without them the test is skipped, and under CI it fails."""
    found = sorted(WHERE_DEBIAN_HAS_IT.glob("*/bin/postgres"), key=lambda program: int(program.parts[-3]))
    if not found:
        untested("postgres is missing (Debian package postgresql; `make test` installs it where it may)")
    return found[-1].parent
