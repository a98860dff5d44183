from collections.abc import Iterator
from pathlib import Path
from typing import Any

import paramiko
import pytest

from retailsync_assets.resources.sftp import compression
from retailsync_assets.resources.sftp.protocol import SftpProtocolClient
from retailsync_assets.resources.sftp.server import SftpServer
from retailsync_assets_tests.end_to_end.faults.line import Line
from retailsync_assets_tests.servers.account import account
from retailsync_assets_tests.servers.asyncssh_server import AsyncSSHServer
from retailsync_assets_tests.servers.openssh import OpenSSH

CONTENT = b"".join(b"1,%012d,000001,%d,RED\n" % (number, number % 30) for number in range(300_000))
PLAIN, ZLIB = "none", "zlib@openssh.com"
ONE_WAY_SECONDS = 0.1


@pytest.fixture(params=[("yes", ()), ("no", ()), ("yes", ("RekeyLimit 1M",))], ids=["zlib", "no zlib", "rekeying"])
def sshd(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpenSSH]:
    compresses, more = request.param
    with OpenSSH(tmp_path / "sshd", options=(f"Compression {compresses}", *more)) as server:
        (server.root / "raw.csv").write_bytes(CONTENT)
        yield server


@pytest.fixture
def transports(monkeypatch: pytest.MonkeyPatch) -> list[paramiko.Transport]:
    """The connections that SFTP was opened on."""
    opened, seen = SftpProtocolClient.opened, list[paramiko.Transport]()

    def remembered(transport: paramiko.Transport, window_size: int) -> SftpProtocolClient:
        seen.append(transport)
        return opened(transport, window_size)

    monkeypatch.setattr(SftpProtocolClient, "opened", remembered)
    return seen


def fetched(server: SftpServer) -> bytes:
    came = bytearray()
    with server.session() as session:
        session.download("raw.csv", came.extend)
    return bytes(came)


def agreed(transport: Any) -> tuple[str, str]:
    """What both directions are compressed with."""
    return transport.remote_compression, transport.local_compression


def offered(server: OpenSSH) -> str:
    return PLAIN if "Compression no" in server.options else ZLIB


@pytest.mark.parametrize("setting", ["off", "on"])
def test_it_is_what_the_setting_says_and_the_server_does(
    sshd: OpenSSH, transports: list[paramiko.Transport], setting: str
) -> None:
    assert fetched(SftpServer(account(sshd, compression=setting))) == CONTENT
    algorithm = offered(sshd) if setting == "on" else PLAIN
    assert [agreed(each) for each in transports] == [(algorithm, algorithm)]


def test_on_a_slow_line_it_begins_in_the_middle_of_the_file(
    sshd: OpenSSH, transports: list[paramiko.Transport], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compression, "TRIAL", 1 << 20)
    monkeypatch.setattr(compression, "AGREEING_SECONDS", 0.0)
    with Line(sshd.host, sshd.port, ONE_WAY_SECONDS) as line:
        assert fetched(SftpServer(account(sshd, port=line.port, compression="auto"))) == CONTENT
    assert [agreed(each) for each in transports] == [(offered(sshd), offered(sshd))]


def test_on_a_fast_line_it_never_begins(
    sshd: OpenSSH, transports: list[paramiko.Transport], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compression, "TRIAL", 1 << 20)
    monkeypatch.setattr(compression, "ZLIB_RATE", 1.0)  # whatever this machine does just now, its line is faster
    assert fetched(SftpServer(account(sshd, compression="auto"))) == CONTENT
    assert [agreed(each) for each in transports] == [(PLAIN, PLAIN)]


def test_another_kind_of_server_begins_in_the_middle_too(
    asyncssh_server: AsyncSSHServer, transports: list[paramiko.Transport], monkeypatch: pytest.MonkeyPatch
) -> None:
    (asyncssh_server.root / "raw.csv").write_bytes(CONTENT)
    monkeypatch.setattr(compression, "pays", lambda *_: True)
    monkeypatch.setattr(compression, "TRIAL", 1 << 20)
    assert fetched(SftpServer(account(asyncssh_server, compression="auto"))) == CONTENT
    assert [agreed(each) for each in transports] == [(ZLIB, ZLIB)]
