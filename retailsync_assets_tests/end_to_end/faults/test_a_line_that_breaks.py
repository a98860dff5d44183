"""Whatever the network does, a file comes whole or not at all, and goes out whole and once."""

import time
from itertools import count
from pathlib import Path

import paramiko
import pytest

from retailsync_assets.errors import Unreachable
from retailsync_assets.ledger.models import DeliveryState
from retailsync_assets.resources.sftp.protocol import SftpProtocolClient
from retailsync_assets.resources.sftp.server import SftpServer
from retailsync_assets.resources.sftp.session import SftpSession
from retailsync_assets_tests.delivery.conftest import CONTENT, Desk
from retailsync_assets_tests.end_to_end.faults.conftest import QUIET_SECONDS
from retailsync_assets_tests.end_to_end.faults.line import Fault, Line
from retailsync_assets_tests.servers.account import account
from retailsync_assets_tests.servers.openssh import OpenSSH

FILE = bytes(range(256)) * (16 << 10)
BREAKS = ("rst", "fin", "half", "stall")
PATIENCE_SECONDS = 8 * QUIET_SECONDS
NAMES = count()


@pytest.fixture
def file(sshd: OpenSSH) -> Path:
    file = sshd.root / f"stock{next(NAMES)}.csv"
    file.write_bytes(FILE)
    return file


def one_line(failed: "pytest.ExceptionInfo[Unreachable]") -> str:
    (line,) = str(failed.value).splitlines()
    return line


@pytest.mark.parametrize("how", BREAKS)
def test_a_fetch_that_is_cut_brings_nothing_and_the_next_one_all(
    file: Path, line: Line, through: SftpServer, how: str
) -> None:
    line.fault = Fault(how, "to client", after=1 << 20)
    began = time.monotonic()
    with pytest.raises(Unreachable) as failed, through.session() as session:
        session.read(file.name)
    assert time.monotonic() - began < PATIENCE_SECONDS
    assert one_line(failed).startswith("sftp://")
    line.mend()
    with through.session() as session:
        assert session.read(file.name) == FILE


@pytest.mark.parametrize("how", ["rst", "fin", "stall"])
def test_a_login_that_is_cut_off_is_not_taken_for_a_refusal(
    line: Line, through: SftpServer, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_in = SftpServer._log_in

    def cut(server: SftpServer, transport: paramiko.Transport) -> None:
        line.fault = Fault(how)
        log_in(server, transport)

    monkeypatch.setattr(SftpServer, "_log_in", cut)
    with pytest.raises(Unreachable) as failed, through.session():
        pass
    assert one_line(failed)


@pytest.mark.parametrize("how", BREAKS)
def test_a_file_that_is_cut_on_its_way_out_is_not_seen_and_goes_out_later(desk: Desk, line: Line, how: str) -> None:
    line.fault = Fault(how, "to server", after=60_000)
    with pytest.raises(Unreachable) as failed:
        desk.publish()
    assert one_line(failed)
    assert desk.lying()["ResetInventory"] == []
    assert desk.standing.state is DeliveryState.NEW
    line.mend()
    assert desk.publish().state is DeliveryState.PUBLISHED
    assert desk.target.read_bytes() == CONTENT
    assert desk.lying()[".staging"] == []


@pytest.mark.parametrize("taken", [True, False], ids=["taken at once", "not taken yet"])
@pytest.mark.parametrize("how", BREAKS)
def test_a_rename_that_is_never_acknowledged_is_not_done_twice(
    desk: Desk, line: Line, how: str, taken: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = SftpProtocolClient.posix_rename

    def unheard(client: SftpProtocolClient, old: str, new: str) -> None:
        if "ResetInventory" in new:
            line.fault = Fault(how, "to client")
        rename(client, old, new)

    monkeypatch.setattr(SftpProtocolClient, "posix_rename", unheard)
    with pytest.raises(Unreachable):
        desk.publish()
    line.mend()
    assert desk.target.read_bytes() == CONTENT
    assert desk.standing.state is DeliveryState.PUBLISHING
    if taken:
        desk.target.unlink()
    assert desk.publish().state is DeliveryState.PUBLISHED
    assert desk.lying() == {"ResetInventory": [] if taken else [desk.promised.file_name], ".staging": []}


def test_silence_is_no_refusal(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server may carry out late what it did not answer: seeing the token still there proves nothing."""

    def unanswered(*_: object) -> None:
        raise TimeoutError("no answer")

    monkeypatch.setattr(SftpSession, "rename", unanswered)
    with pytest.raises(Unreachable):
        desk.publish()
    monkeypatch.undo()
    assert desk.standing.state is DeliveryState.PUBLISHING
    desk.part(1).replace(desk.target)  # the server does it now
    assert desk.publish().state is DeliveryState.PUBLISHED
    assert desk.lying() == {"ResetInventory": [desk.promised.file_name], ".staging": []}


def test_a_line_that_is_long_is_used_all_the_same(sshd: OpenSSH, file: Path) -> None:
    """200 ms to and fro: asked for one by one, the answers would take four times as long as is allowed here."""
    file.write_bytes(FILE * 6)
    with Line(sshd.host, sshd.port, delay=0.1) as line:
        began = time.monotonic()
        with SftpServer(account(sshd, port=line.port)).session() as session:
            logged_in = time.monotonic()
            assert len(session.read(file.name)) == 6 * len(FILE)
        assert time.monotonic() - logged_in < 5 < 96 * 0.2, f"logging in took {logged_in - began:.1f} s"
