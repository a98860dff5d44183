import os
import signal
import socket
import threading
from pathlib import Path
from typing import Any

import asyncssh
import pytest
from asyncssh.constants import FXF_WRITE

from retailsync_assets.errors import SetupError, Unreachable
from retailsync_assets.ledger.models import DeliveryState
from retailsync_assets.resources.sftp.server import SftpServer
from retailsync_assets_tests.delivery.conftest import CONTENT, desk_at
from retailsync_assets_tests.servers.account import account
from retailsync_assets_tests.servers.asyncssh_server import AsyncSSHServer, ChrootedSFTP
from retailsync_assets_tests.servers.openssh import OpenSSH


def test_its_session_is_killed_while_it_is_read(openssh: OpenSSH) -> None:
    (openssh.root / "stock.csv").write_bytes(bytes(16 << 20))

    def kill(_: bytes) -> None:
        for session in openssh.sessions():
            os.kill(session, signal.SIGKILL)

    with pytest.raises(Unreachable) as failed, SftpServer(account(openssh)).session() as session:
        session.download("stock.csv", kill)
    assert len(str(failed.value).splitlines()) == 1
    with SftpServer(account(openssh)).session() as session:
        assert len(session.read("stock.csv")) == 16 << 20


class Full(ChrootedSFTP):
    """Its disk is full."""

    def open(self, path: bytes, pflags: int, attrs: asyncssh.SFTPAttrs) -> object:
        if pflags & FXF_WRITE:
            return Path("/dev/full").open("wb", buffering=0)
        return super().open(path, pflags, attrs)


class SecondWrite(ChrootedSFTP):
    """Fails the second block, and only that one."""

    def write(self, file_obj: Any, offset: int, data: bytes) -> int:
        if offset == 1 << 15:
            raise asyncssh.SFTPFailure("Input/output error")
        return super().write(file_obj, offset, data)  # pyright: ignore[reportReturnType]


class Close(ChrootedSFTP):
    """Over its quota, which shows when the file is closed: half of it is gone."""

    def close(self, file_obj: Any) -> None:
        file = Path(os.fsdecode(file_obj.name))
        super().close(file_obj)
        if file.suffix == ".part" and file.stat().st_size == len(CONTENT):
            os.truncate(file, len(CONTENT) // 2)
            raise asyncssh.SFTPFailure("Disk quota exceeded")


@pytest.mark.parametrize("failing", [Full, SecondWrite, Close])
def test_what_it_did_not_keep_is_not_published_and_goes_out_once_it_is_mended(
    tmp_path: Path, failing: type[ChrootedSFTP]
) -> None:
    with AsyncSSHServer(tmp_path / "server", sftp=failing) as server:
        desk = desk_at(server, tmp_path, "hotwax")
        with pytest.raises((SetupError, Unreachable)) as failed:
            desk.publish()
        assert len(str(failed.value).splitlines()) == 1
        assert (desk.standing.state, desk.lying()["ResetInventory"]) == (DeliveryState.NEW, [])
        server.sftp = ChrootedSFTP
        server.restart()
        assert desk.publish().state is DeliveryState.PUBLISHED
        assert desk.target.read_bytes() == CONTENT
        assert desk.lying()[".staging"] == []


def test_it_is_read_only(tmp_path: Path) -> None:
    options = (f"ForceCommand internal-sftp -R -d {tmp_path / 'openssh' / 'root'}",)
    with OpenSSH(tmp_path / "openssh", options=options) as server:
        desk = desk_at(server, tmp_path, "hotwax")
        with pytest.raises(SetupError, match=r"has no posix-rename@openssh\.com"):
            desk.publish()
        assert desk.standing.state is DeliveryState.NEW
        server.options = ()
        server.restart()
        assert desk.publish().state is DeliveryState.PUBLISHED


def test_it_has_too_many_half_open_connections_for_a_moment(tmp_path: Path) -> None:
    with OpenSSH(tmp_path / "openssh", options=("MaxStartups 1:100:1",)) as server:
        idle = socket.create_connection((server.host, server.port))
        idle.recv(100)
        threading.Timer(0.3, idle.close).start()
        with SftpServer(account(server)).session() as session:
            assert session.plain_files(".") == []
        idle.close()
