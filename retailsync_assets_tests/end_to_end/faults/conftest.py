from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from retailsync_assets.resources.sftp import server
from retailsync_assets.resources.sftp.server import SftpServer
from retailsync_assets_tests.delivery.conftest import Desk, desk_at
from retailsync_assets_tests.end_to_end.faults.line import Line
from retailsync_assets_tests.end_to_end.nights.world import World
from retailsync_assets_tests.servers.account import account
from retailsync_assets_tests.servers.openssh import OpenSSH

NUMBERS = count(1)
QUIET_SECONDS = 1.5


@pytest.fixture(autouse=True)
def no_long_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """What may pass is tried again, here at once."""
    monkeypatch.setattr(server, "FIRST_PAUSE_SECONDS", 0.0)


@pytest.fixture(scope="module")
def sshd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenSSH]:
    """One real sshd for all that do not change it."""
    with OpenSSH(tmp_path_factory.mktemp("openssh") / "sshd") as server:
        yield server


@pytest.fixture
def line(sshd: OpenSSH) -> Iterator[Line]:
    """The way to it."""
    with Line(sshd.host, sshd.port) as line:
        yield line


@pytest.fixture
def through(sshd: OpenSSH, line: Line) -> SftpServer:
    """The server as reached on that line, left after `QUIET_SECONDS`."""
    return SftpServer(account(sshd, port=line.port), quiet_seconds=QUIET_SECONDS)


@pytest.fixture
def desk(sshd: OpenSSH, through: SftpServer, tmp_path: Path) -> Desk:
    """A file that is promised to HotWax, which is at the other end of the line."""
    return replace(desk_at(sshd, tmp_path, f"desk{next(NUMBERS)}"), server=through)


@pytest.fixture
def world(sshd: OpenSSH, tmp_path: Path) -> Iterator[World]:
    """A site whose raw file has come; nothing went out yet."""
    with World(tmp_path, sshd, f"shop{next(NUMBERS)}") as world:
        world.raw()
        world.orders.ship("F1", "-1 09:00")
        yield world
