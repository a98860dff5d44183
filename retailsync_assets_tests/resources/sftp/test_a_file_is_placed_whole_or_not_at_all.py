import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import asyncssh
import pytest

from retailsync_assets.errors import RetailSyncError, SetupError, Unreachable
from retailsync_assets.resources.sftp.server import SftpServer
from retailsync_assets.resources.sftp.session import SftpSession
from retailsync_assets_tests.servers.account import account
from retailsync_assets_tests.servers.asyncssh_server import AsyncSSHServer, ChrootedSFTP
from retailsync_assets_tests.servers.openssh import OpenSSH

CONTENT = b"0123456789" * 20_000


@pytest.mark.parametrize("content", [CONTENT, b"x", b"", bytes(range(256))])
def test_the_server_has_the_very_bytes(sftp_server: OpenSSH | AsyncSSHServer, content: bytes) -> None:
    with SftpServer(account(sftp_server)).session() as session:
        session.upload_new("file.part", content)
    assert (sftp_server.root / "file.part").read_bytes() == content
    assert stat.S_IMODE((sftp_server.root / "file.part").stat().st_mode) == 0o640


def test_a_file_that_is_there_is_not_overwritten(sftp_server: OpenSSH | AsyncSSHServer) -> None:
    (sftp_server.root / "file.part").write_bytes(b"old")
    with pytest.raises(RetailSyncError), SftpServer(account(sftp_server)).session() as session:
        session.upload_new("file.part", CONTENT)
    assert (sftp_server.root / "file.part").read_bytes() == b"old"


class Forgetful(ChrootedSFTP):
    """Says that it wrote, and leaves a hole of zeros."""

    def write(self, file_obj: Any, offset: int, data: bytes) -> int:
        return super().write(file_obj, offset, bytes(len(data)) if offset else data)  # pyright: ignore[reportReturnType]


class Full(ChrootedSFTP):
    """Has no room for the second block."""

    def write(self, file_obj: Any, offset: int, data: bytes) -> int:
        if offset:
            raise asyncssh.SFTPFailure("No space left on device")
        return super().write(file_obj, offset, data)  # pyright: ignore[reportReturnType]


class Unsure(ChrootedSFTP):
    """Can't tell whether the disk has it."""

    def fsync(self, file_obj: object) -> None:
        raise asyncssh.SFTPFailure("Input/output error")


@pytest.mark.parametrize("failing, kind", [(Forgetful, Unreachable), (Full, SetupError), (Unsure, SetupError)])
def test_a_write_that_is_lost_does_not_go_unseen(
    tmp_path: Path, failing: type[ChrootedSFTP], kind: type[RetailSyncError]
) -> None:
    with AsyncSSHServer(tmp_path / "server", sftp=failing) as server:
        with pytest.raises(kind) as failed, SftpServer(account(server)).session() as session:
            session.upload_new("file.part", CONTENT)
        assert len(str(failed.value).splitlines()) == 1


def denying(request: str, folder: Path) -> OpenSSH:
    return OpenSSH(folder, options=(f"ForceCommand internal-sftp -P {request} -d {folder / 'root'}",))


def test_a_server_that_knows_no_fsync_does_without(tmp_path: Path) -> None:
    with denying("fsync", tmp_path / "openssh") as server:
        with SftpServer(account(server)).session() as session:
            session.upload_new("file.part", CONTENT)
        assert (server.root / "file.part").read_bytes() == CONTENT


def test_without_permission_it_is_said_where(tmp_path: Path) -> None:
    with (
        denying("write", tmp_path / "openssh") as server,
        pytest.raises(SetupError, match=r"permission denied: file\.part"),
        SftpServer(account(server)).session() as session,
    ):
        session.upload_new("file.part", CONTENT)


@pytest.mark.parametrize(
    "use, path",
    [
        (lambda session: session.upload_new("nowhere/file.part", CONTENT), "nowhere/file.part"),
        (lambda session: session.plain_files("nowhere"), "nowhere"),
        (lambda session: session.remove("nothing"), "nothing"),
    ],
)
def test_what_is_missing_is_named(openssh: OpenSSH, use: Callable[[SftpSession], object], path: str) -> None:
    with pytest.raises(SetupError) as refused, SftpServer(account(openssh)).session() as session:
        use(session)
    (line,) = str(refused.value).splitlines()
    assert path in line


def test_a_rename_replaces_in_one_step_and_tells_when_there_is_nothing(openssh: OpenSSH) -> None:
    (openssh.root / "new").write_text("new")
    (openssh.root / "old").write_text("old")
    with SftpServer(account(openssh)).session() as session:
        assert session.rename("new", "old") is True
        assert session.rename("new", "old") is False
    assert (openssh.root / "old").read_text() == "new"
