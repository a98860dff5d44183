import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from retailsync_assets.config.loader import SftpAccount
from retailsync_assets.errors import Refused, Unreachable
from retailsync_assets.resources.sftp import server
from retailsync_assets.resources.sftp.server import SftpServer
from retailsync_assets_tests.config.sample import FINGERPRINT
from retailsync_assets_tests.servers.account import account
from retailsync_assets_tests.servers.openssh import OpenSSH


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "FIRST_PAUSE_SECONDS", 0.0)


class Doorkeeper:
    """Stands before a server and turns the first connections away."""

    def __init__(self, server: OpenSSH, turned_away: int) -> None:
        self.server = server
        self.left = turned_away
        self.connections = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self.keep, daemon=True).start()

    def keep(self) -> None:
        while True:
            try:
                outside, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            self.left -= 1
            if self.left >= 0:
                outside.close()
                continue
            inside = socket.create_connection((self.server.host, self.server.port))
            for source, target in ((outside, inside), (inside, outside)):
                threading.Thread(target=pump, args=(source, target), daemon=True).start()


def pump(source: socket.socket, target: socket.socket) -> None:
    with closing(target):
        try:
            while content := source.recv(1 << 16):
                target.sendall(content)
        except OSError:
            return


@pytest.fixture
def doors(openssh: OpenSSH) -> Iterator[list[Doorkeeper]]:
    doors = [Doorkeeper(openssh, turned_away) for turned_away in (2, 99)]
    yield doors
    for door in doors:
        door.listener.close()


def through(door: Doorkeeper, **changes: object) -> SftpAccount:
    return account(door.server, port=door.listener.getsockname()[1], **changes)


def test_a_server_that_turns_away_twice_is_reached(doors: list[Doorkeeper]) -> None:
    with SftpServer(through(doors[0])).session() as session:
        assert session.plain_files(".") == []
    assert doors[0].connections == 3


def test_a_server_that_always_does_is_given_up(doors: list[Doorkeeper]) -> None:
    with pytest.raises(Unreachable), SftpServer(through(doors[1])).session():
        pass
    assert doors[1].connections == server.ATTEMPTS


def test_a_wrong_host_key_is_not_tried_again(openssh: OpenSSH, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "HOST_KEY_KINDS", (["ssh-ed25519"],))
    door = Doorkeeper(openssh, 0)
    with pytest.raises(Refused), SftpServer(through(door, fingerprints=[FINGERPRINT])).session():
        pass
    door.listener.close()
    assert door.connections == 1


def test_a_refused_login_is_not_tried_again(tmp_path: Path) -> None:
    with OpenSSH(tmp_path / "openssh", options=("LogLevel VERBOSE",)) as server:
        server.client_key.public.write_text("")
        with pytest.raises(Refused), SftpServer(account(server)).session():
            pass
        assert server.log.count("Failed publickey") == 1
