import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncssh
import pytest

from retailsync_assets.errors import Unreachable
from retailsync_assets.resources.sftp import watchdog
from retailsync_assets.resources.sftp.server import SftpServer
from retailsync_assets.resources.sftp.session import SftpSession
from retailsync_assets_tests.end_to_end.faults.conftest import QUIET_SECONDS
from retailsync_assets_tests.end_to_end.faults.line import Fault, Line
from retailsync_assets_tests.servers.account import account
from retailsync_assets_tests.servers.asyncssh_server import AsyncSSHServer, ChrootedSFTP
from retailsync_assets_tests.servers.openssh import OpenSSH


@pytest.mark.parametrize("rate", [10, 10_000], ids=["10 bytes a second", "10 kB a second"])
def test_a_trickle_is_ended(sshd: OpenSSH, line: Line, through: SftpServer, rate: int) -> None:
    (sshd.root / "large.csv").write_bytes(bytes(4 << 20))

    def fetch(session: SftpSession) -> bytes:
        line.fault = Fault("trickle", rate=rate)
        return session.read("large.csv")

    began = time.monotonic()
    with pytest.raises(Unreachable, match="the session broke off"), through.session() as session:
        fetch(session)
    assert time.monotonic() - began < 4 * QUIET_SECONDS


class Miser(ChrootedSFTP):
    """Answers at once, a few bytes a time, or one name: there is always progress, and never an end."""

    def read(self, file_obj: object, offset: int, size: int) -> bytes:
        time.sleep(0.05)
        return bytes(100)

    async def scandir(self, path: bytes) -> AsyncIterator[asyncssh.SFTPName]:
        while True:
            await asyncio.sleep(0.0005)
            yield asyncssh.SFTPName(b"name", attrs=asyncssh.SFTPAttrs(size=1, permissions=0o100644))


@pytest.fixture
def miser(tmp_path: Path) -> Iterator[AsyncSSHServer]:
    with AsyncSSHServer(tmp_path / "server", sftp=Miser) as server:
        (server.root / "file").write_bytes(bytes(1 << 20))
        yield server


def test_a_server_that_gives_a_hundred_bytes_a_time_is_left(miser: AsyncSSHServer) -> None:
    began = time.monotonic()
    with pytest.raises(Unreachable), SftpServer(account(miser), quiet_seconds=QUIET_SECONDS).session() as session:
        session.read("file")
    assert time.monotonic() - began < 4 * QUIET_SECONDS


def test_a_listing_without_an_end_is_left_in_the_end(miser: AsyncSSHServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchdog, "LONGEST_SECONDS", 2.0)
    with pytest.raises(Unreachable), SftpServer(account(miser), quiet_seconds=60).session() as session:
        session.plain_files(".")
