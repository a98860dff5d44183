import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from retailsync_assets.config.loader import SftpAccount
from retailsync_assets.errors import RetailSyncError, Unreachable
from retailsync_assets.resources.sftp import server
from retailsync_assets.resources.sftp.server import SftpServer
from retailsync_assets.resources.sftp.session import SftpSession
from retailsync_assets_tests.config.sample import FINGERPRINT
from retailsync_assets_tests.servers.account import account
from retailsync_assets_tests.servers.asyncssh_server import AsyncSSHServer, ChrootedSFTP
from retailsync_assets_tests.servers.openssh import OpenSSH

QUIET_SECONDS = 0.5  # a machine so busy that even a login takes longer ends at the same error a little earlier
FOR_EVER = 3600


@pytest.fixture(autouse=True)
def one_attempt(monkeypatch: pytest.MonkeyPatch) -> None:
    """What may pass is tried again; here it won't."""
    monkeypatch.setattr(server, "ATTEMPTS", 1)


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener


def unreachable(account: SftpAccount, use: Callable[[SftpSession], object] = print) -> str:
    """The one line that the use of a server ends with."""
    with (
        pytest.raises(RetailSyncError) as failed,
        SftpServer(account, quiet_seconds=QUIET_SECONDS).session() as session,
    ):
        use(session)
    assert isinstance(failed.value, Unreachable)
    (line,) = str(failed.value).splitlines()
    return line


def at(listener: socket.socket) -> SftpAccount:
    port = listener.getsockname()[1]
    return SftpAccount.model_validate(
        {"host": "127.0.0.1", "port": port, "username": "me", "private_key": __file__, "fingerprints": [FINGERPRINT]},
        context={"folder": Path("/")},
    )


def test_one_that_says_nothing_at_all(listener: socket.socket) -> None:
    assert "no SSH handshake" in unreachable(at(listener))


def test_one_that_says_who_it_is_and_no_more(listener: socket.socket) -> None:
    def greet() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")
            while connection.recv(4096):
                pass

    thread = threading.Thread(target=greet)
    thread.start()
    assert "no SSH handshake" in unreachable(at(listener))
    thread.join()


def test_one_that_hangs_up(listener: socket.socket) -> None:
    threading.Thread(target=lambda: listener.accept()[0].close()).start()
    assert "no SSH handshake" in unreachable(at(listener))


def test_one_that_is_not_there(listener: socket.socket) -> None:
    address = at(listener)
    listener.close()
    assert "no connection" in unreachable(address)


def test_one_that_lets_in_and_speaks_no_sftp(tmp_path: Path) -> None:
    with OpenSSH(tmp_path / "openssh", options=("ForceCommand sleep 3600",)) as server:
        assert unreachable(account(server))


class Silent(ChrootedSFTP):
    """Answers until it is asked for this, and then no more."""

    async def scandir(self, path: bytes) -> Any:
        await asyncio.sleep(FOR_EVER)
        yield None

    async def read(self, file_obj: object, offset: int, size: int) -> Any:
        await asyncio.sleep(FOR_EVER)

    async def write(self, file_obj: object, offset: int, data: bytes) -> Any:
        await asyncio.sleep(FOR_EVER)

    async def posix_rename(self, oldpath: bytes, newpath: bytes) -> Any:
        await asyncio.sleep(FOR_EVER)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # asyncssh's, stopped in the middle
@pytest.mark.parametrize(
    "use",
    [
        lambda session: session.plain_files("."),
        lambda session: session.read("file"),
        lambda session: session.upload_new("new", b"content"),
        lambda session: session.rename("file", "other"),
    ],
    ids=["listing", "reading", "writing", "renaming"],
)
def test_one_that_falls_silent_in_the_middle(tmp_path: Path, use: Callable[[SftpSession], object]) -> None:
    with AsyncSSHServer(tmp_path / "server", sftp=Silent) as server:
        (server.root / "file").write_bytes(b"content")
        assert unreachable(account(server), use)
