import itertools
import subprocess
import time
from pathlib import Path

import pymysql

from retailsync_assets_tests.servers.free_port import free_port
from retailsync_assets_tests.servers.missing import required
from retailsync_assets_tests.servers.openssh import greets
from retailsync_assets_tests.servers.running import Running

SPEED_BEFORE_SAFETY = [
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-doublewrite=OFF",
    "--innodb-buffer-pool-size=128M",
    "--innodb-log-file-size=32M",
    "--skip-log-bin",
    "--skip-name-resolve",
    "--performance-schema=OFF",
]


class MariaDB(Running):
    """A private MariaDB server in `folder`, on a free port of 127.0.0.1 and a socket; started by the constructor
    with any further options."""

    host = "127.0.0.1"
    username = "retailsync"
    password = "secret"

    def __init__(self, folder: Path, *options: str) -> None:
        program = required("mariadbd", "mariadb-server-core")
        install = required("mariadb-install-db", "mariadb-server-core")
        required("my_print_defaults", "mariadb-client-core")  # mariadb-install-db runs it
        self.folder = folder
        self.port = free_port()
        self.numbers = itertools.count(1)
        self.socket = folder / "socket"
        # A server that starts sweeps what it takes for leftovers of its own: no two may share a tmpdir.
        (folder / "tmp").mkdir()
        data = ["--no-defaults", f"--datadir={folder / 'data'}", f"--tmpdir={folder / 'tmp'}"]
        me = ["--user=root"] if folder.owner() == "root" else []
        subprocess.run(
            [install, *data, *me, "--auth-root-authentication-method=normal", "--skip-test-db"],
            check=True,
            capture_output=True,
            stdin=subprocess.DEVNULL,
        )
        with (folder / "mariadbd.log").open("wb") as log:
            self.process = subprocess.Popen(
                [program, *data, *me, *SPEED_BEFORE_SAFETY, *options, "--character-set-server=utf8mb4",
                 f"--bind-address={self.host}", f"--port={self.port}", f"--socket={self.socket}"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        deadline = time.monotonic() + 30
        while not greets(self.host, self.port):
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"mariadbd does not answer:\n{(folder / 'mariadbd.log').read_text()}")
            time.sleep(0.05)
        self.execute(f"CREATE USER '{self.username}'@'%' IDENTIFIED BY '{self.password}'")
        self.execute(f"GRANT ALL ON *.* TO '{self.username}'@'%'")

    def execute(self, statement: str) -> None:
        """As the server's root, outside any database."""
        connection = pymysql.connect(unix_socket=str(self.socket), user="root")
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement)
        finally:
            connection.close()

    def database(self) -> str:
        """The SQLAlchemy URL of a new, empty database."""
        name = f"oms_{next(self.numbers)}"
        self.execute(f"CREATE DATABASE {name}")
        return f"mysql+pymysql://{self.username}:{self.password}@{self.host}:{self.port}/{name}"

    def stop(self) -> None:
        """At once: nobody wants the data again."""
        self.process.kill()
        self.process.wait()
