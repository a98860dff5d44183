import random
from collections.abc import Iterator
from pathlib import Path

import asyncssh
import pytest

from retailsync_assets.errors import SetupError, Unreachable
from retailsync_assets.resources.sftp.server import SftpServer
from retailsync_assets_tests.servers.account import account
from retailsync_assets_tests.servers.asyncssh_server import AsyncSSHServer, ChrootedSFTP
from retailsync_assets_tests.servers.openssh import OpenSSH

CONTENT = random.Random(7).randbytes(9_000_001)


def test_keys_that_are_exchanged_anew_every_megabyte_lose_nothing(tmp_path: Path) -> None:
    with OpenSSH(tmp_path / "openssh", options=("RekeyLimit 1M",)) as server, port_to(server).session() as session:
        (server.root / "raw.csv").write_bytes(CONTENT)
        assert session.read("raw.csv") == CONTENT


def port_to(server: OpenSSH | AsyncSSHServer) -> SftpServer:
    return SftpServer(account(server))


class Short(ChrootedSFTP):
    """Gives now and then less than was asked for."""

    chance = random.Random(11)

    def read(self, file_obj: object, offset: int, size: int) -> bytes:
        least = self.chance.choice((1, 3000, size, size))
        return super().read(file_obj, offset, min(size, least))  # pyright: ignore[reportReturnType]


class Sparing(ChrootedSFTP):
    """Never gives more than 10,000 bytes at once."""

    def read(self, file_obj: object, offset: int, size: int) -> bytes:
        return super().read(file_obj, offset, min(size, 10_000))  # pyright: ignore[reportReturnType]


class Cut(ChrootedSFTP):
    """Comes to an end before the file does."""

    def read(self, file_obj: object, offset: int, size: int) -> bytes:
        end = 5_000_000
        return super().read(file_obj, offset, max(0, min(size, end - offset)))  # pyright: ignore[reportReturnType]


class Lavish(ChrootedSFTP):
    """Gives more than was asked for."""

    def read(self, file_obj: object, offset: int, size: int) -> bytes:
        return super().read(file_obj, offset, size + 1)  # pyright: ignore[reportReturnType]


class Denying(ChrootedSFTP):
    """Refuses in the middle."""

    def read(self, file_obj: object, offset: int, size: int) -> bytes:
        if offset > 5_000_000:
            raise asyncssh.SFTPFailure("the disk is broken")
        return super().read(file_obj, offset, size)  # pyright: ignore[reportReturnType]


@pytest.fixture(params=["OpenSSH", "asyncssh", "short", "sparing"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpenSSH | AsyncSSHServer]:
    classes = {"asyncssh": ChrootedSFTP, "short": Short, "sparing": Sparing}
    made = OpenSSH(tmp_path) if request.param == "OpenSSH" else AsyncSSHServer(tmp_path, sftp=classes[request.param])
    with made:
        yield made


@pytest.mark.parametrize("size", [0, 1, 32_768, 32_769, 261_120, 4 << 20, len(CONTENT)])
def test_every_byte_comes_in_order(server: OpenSSH | AsyncSSHServer, size: int) -> None:
    (server.root / "file").write_bytes(CONTENT[:size])
    came = bytearray()
    with port_to(server).session() as session:
        assert session.download("file", came.extend).size == size
    assert came == CONTENT[:size]


@pytest.mark.parametrize("sftp, outcome", [(Cut, Unreachable), (Lavish, Unreachable), (Denying, SetupError)])
def test_half_a_file_is_none(tmp_path: Path, sftp: type[ChrootedSFTP], outcome: type[Exception]) -> None:
    with AsyncSSHServer(tmp_path, sftp=sftp) as server:
        (server.root / "file").write_bytes(CONTENT)
        with pytest.raises(outcome), port_to(server).session() as session:
            session.download("file", lambda _: None)


def test_a_session_goes_on_after_a_sink_gave_up(tmp_path: Path) -> None:
    def give_up(_: bytes) -> None:
        raise ValueError("enough")

    with OpenSSH(tmp_path) as server:
        (server.root / "file").write_bytes(CONTENT)
        with port_to(server).session() as session:
            with pytest.raises(ValueError, match="enough"):
                session.download("file", give_up)
            assert session.read("file") == CONTENT
