import shutil
import tomllib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import paramiko
import pytest
from sqlalchemy import Engine, create_engine

from retailsync_assets.sandbox.hotwax.oms import create_schema, seed_oms
from retailsync_assets.sandbox.process import running_sandbox
from retailsync_assets.sandbox.setup import SFTP_FOLDERS

Login = Callable[[str], AbstractContextManager[paramiko.SFTPClient]]


@pytest.fixture(scope="session")
def as_of() -> datetime:
    """The moment of the snapshot around which the OMS is seeded."""
    return datetime(2026, 11, 21, 5, tzinfo=UTC)


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory, as_of: datetime) -> Path:
    """The file of a seeded OMS on SQLite, to be copied."""
    database = tmp_path_factory.mktemp("seeded") / "oms.db"
    engine = create_engine(f"sqlite:///{database}")
    create_schema(engine)
    seed_oms(engine, as_of)
    engine.dispose()
    return database


@pytest.fixture
def oms(tmp_path: Path, seeded: Path) -> Iterator[Engine]:
    """A seeded OMS on SQLite, the test's own."""
    engine = create_engine(f"sqlite:///{shutil.copy(seeded, tmp_path)}")
    yield engine
    engine.dispose()


@pytest.fixture
def sftp_root(tmp_path: Path) -> Path:
    """The folders of the SFTP server, empty."""
    for folder in SFTP_FOLDERS:
        (tmp_path / "sftp" / folder).mkdir(parents=True)
    return tmp_path / "sftp"


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a running world with a small raw file."""
    with running_sandbox(tmp_path_factory.mktemp("world"), lines=5_000) as sites:
        yield sites.parent


@pytest.fixture
def login(world: Path) -> Login:
    """`login("hotwax")`: paramiko's SFTP client on the running world, under that account."""
    port = tomllib.loads((world / "sites.toml").read_text())["sites"]["demo"]["hotwax"]["sftp"]["port"]

    @contextmanager
    def client(account: str) -> Iterator[paramiko.SFTPClient]:
        with paramiko.Transport(("127.0.0.1", port)) as transport:
            transport.connect(username=account, pkey=paramiko.Ed25519Key(filename=str(world / "keys" / account)))
            sftp = paramiko.SFTPClient.from_transport(transport)
            assert sftp is not None
            with sftp:
                yield sftp

    return client
