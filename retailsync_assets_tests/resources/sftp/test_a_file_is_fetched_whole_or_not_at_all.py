import os
from collections.abc import Callable
from pathlib import Path

import pytest

from retailsync_assets.errors import Unreachable
from retailsync_assets.resources.sftp.progress import listening
from retailsync_assets.resources.sftp.server import SftpServer
from retailsync_assets.resources.sftp.session import RemoteFile
from retailsync_assets_tests.servers.account import account
from retailsync_assets_tests.servers.asyncssh_server import AsyncSSHServer, ChrootedSFTP
from retailsync_assets_tests.servers.openssh import OpenSSH

CONTENT = os.urandom(3 << 20)


def replaced(file: Path) -> None:
    other = file.with_name("other")
    other.write_bytes(CONTENT[::-1])
    other.replace(file)
    os.utime(file, (1, 1))


def grown(file: Path) -> None:
    with file.open("ab") as end:
        end.write(b"more")


@pytest.fixture
def file(openssh: OpenSSH) -> Path:
    file = openssh.root / "stock.csv"
    file.write_bytes(CONTENT)
    return file


def test_every_byte_comes_in_order(openssh: OpenSSH, file: Path) -> None:
    chunks: list[bytes] = []
    with SftpServer(account(openssh)).session() as session:
        fetched = session.download(file.name, chunks.append)
    assert b"".join(chunks) == CONTENT
    assert fetched == RemoteFile(file.name, len(CONTENT), int(file.stat().st_mtime))


def test_an_empty_file_comes_too(openssh: OpenSSH) -> None:
    (openssh.root / "empty").touch()
    with SftpServer(account(openssh)).session() as session:
        assert session.read("empty") == b""


def truncated(file: Path) -> None:
    os.truncate(file, 1 << 20)


@pytest.mark.parametrize("change", [grown, replaced, truncated, Path.unlink])
def test_a_file_that_changes_meanwhile_is_not_taken(
    openssh: OpenSSH, file: Path, change: Callable[[Path], object]
) -> None:
    done: list[bytes] = []

    def sink(chunk: bytes) -> None:
        if not done:
            change(file)
        done.append(chunk)

    with (
        pytest.raises(Unreachable, match=r"stock\.csv changed while it was read"),
        SftpServer(account(openssh)).session() as session,
    ):
        session.download(file.name, sink)


def test_a_file_that_is_not_there_is_gone(openssh: OpenSSH) -> None:
    with pytest.raises(Unreachable, match=r"stock\.csv is gone"), SftpServer(account(openssh)).session() as session:
        session.read("stock.csv")


def test_a_server_that_gives_less_than_it_is_asked_for_is_asked_again(tmp_path: Path) -> None:
    class Sparing(ChrootedSFTP):
        def read(self, file_obj: object, offset: int, size: int) -> bytes:
            return CONTENT[offset : offset + min(size, 10_000)]

    with AsyncSSHServer(tmp_path / "server", sftp=Sparing) as server:
        (server.root / "stock.csv").write_bytes(CONTENT)
        with SftpServer(account(server)).session() as session:
            assert session.read("stock.csv") == CONTENT


def test_whoever_listens_hears_how_far_it_is(openssh: OpenSSH, file: Path) -> None:
    heard: list[tuple[str, int, int]] = []
    with listening(lambda *report: heard.append(report)), SftpServer(account(openssh)).session() as session:
        session.read(file.name)
    done = [bytes_ for _, bytes_, _ in heard]
    assert {name for name, _, _ in heard} == {file.name}
    assert done == sorted(set(done))
    assert done[-1] == 3 << 20
