import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from retailsync_assets_tests.longest_first import pytest_collection_modifyitems as pytest_collection_modifyitems
from retailsync_assets_tests.servers.asyncssh_server import AsyncSSHServer
from retailsync_assets_tests.servers.installation import installed as installed
from retailsync_assets_tests.servers.installation import wheel as wheel
from retailsync_assets_tests.servers.mariadb import MariaDB
from retailsync_assets_tests.servers.missing import untested
from retailsync_assets_tests.servers.openssh import OpenSSH
from retailsync_assets_tests.servers.postgresql import PostgreSQL
from retailsync_assets_tests.servers.skips import pytest_sessionfinish as pytest_sessionfinish
from retailsync_assets_tests.servers.skips import pytest_terminal_summary as pytest_terminal_summary

# How long an example takes says more about the machine than about the code.
hypothesis.settings.register_profile("retailsync", deadline=None)
hypothesis.settings.load_profile("retailsync")

# A worker keeps what a hundred files import, and would walk through all of it again and again.
gc.set_threshold(50_000)

# What an operator's shell says of a deployment of theirs is not for tests.
for name in ("RETAILSYNC_SITES", "RETAILSYNC_HOME", "RETAILSYNC_LEDGER", "RETAILSYNC_REPORTS", "DAGSTER_HOME"):
    os.environ.pop(name, None)


@pytest.fixture(autouse=True)
def no_test_has_anothers_dagster_home() -> Iterator[None]:
    """The product names Dagster's home to the programs it starts: for this test's programs, not for the next one's."""
    assert "DAGSTER_HOME" not in os.environ, "a fixture of a wider scope has left it"
    yield
    os.environ.pop("DAGSTER_HOME", None)


@pytest.fixture
def openssh(tmp_path: Path) -> Iterator[OpenSSH]:
    """A real sshd over the empty folder `openssh.root`."""
    with OpenSSH(tmp_path / "openssh") as server:
        yield server


@pytest.fixture
def asyncssh_server(tmp_path: Path) -> Iterator[AsyncSSHServer]:
    """A plain asyncssh SFTP server over the empty folder `asyncssh_server.root`."""
    with AsyncSSHServer(tmp_path / "asyncssh") as server:
        yield server


@pytest.fixture(params=[OpenSSH, AsyncSSHServer], ids=["OpenSSH", "asyncssh"])
def sftp_server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpenSSH | AsyncSSHServer]:
    """Each of the two in turn: for what must hold with any SFTP server."""
    with request.param(tmp_path / "sftp") as server:
        yield server


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Path]:
    """A folder on another file system than the tests' servers."""
    memory = Path("/dev/shm")  # noqa: S108 - that it is in memory is the point
    if not memory.is_dir() or memory.stat().st_dev == tmp_path.stat().st_dev:
        untested("there is no second file system at /dev/shm")
    folder = tempfile.mkdtemp(dir=memory)
    yield Path(folder)
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def mariadb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MariaDB]:
    """One server for all tests; `mariadb.database()` gives each its own database."""
    with MariaDB(tmp_path_factory.mktemp("mariadb")) as server:
        yield server


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """One server for all tests; `postgresql.database()` gives each its own database."""
    with PostgreSQL() as server:
        yield server


@pytest.fixture
def mariadb_url(mariadb: MariaDB) -> str:
    """The SQLAlchemy URL of a fresh, empty MariaDB database."""
    return mariadb.database()
