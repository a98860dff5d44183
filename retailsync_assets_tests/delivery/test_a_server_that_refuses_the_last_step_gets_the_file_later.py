from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncssh
import pytest

from retailsync_assets.errors import SetupError
from retailsync_assets.ledger.models import DeliveryState
from retailsync_assets_tests.delivery.conftest import CONTENT, Desk, desk_at
from retailsync_assets_tests.servers.asyncssh_server import AsyncSSHServer, ChrootedSFTP


class NoWayOut(ChrootedSFTP):
    """As between two mounts of one file system: nothing can be renamed from staging to another folder."""

    def posix_rename(self, oldpath: bytes, newpath: bytes) -> Any:
        if b".staging" not in newpath:
            raise asyncssh.SFTPFailure("Failure")
        return super().posix_rename(oldpath, newpath)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[AsyncSSHServer]:
    with AsyncSSHServer(tmp_path / "asyncssh", sftp=NoWayOut) as server:
        yield server


@pytest.fixture
def desk(server: AsyncSSHServer, tmp_path: Path) -> Desk:
    return desk_at(server, tmp_path, "hotwax")


def test_it_is_told_what_was_refused(desk: Desk) -> None:
    with pytest.raises(SetupError, match=r"no rename from hotwax/\.staging/.* to hotwax/ResetInventory/.*: Failure"):
        desk.publish()


def test_what_is_seen_in_staging_did_not_go_out(desk: Desk) -> None:
    for _ in range(2):
        with pytest.raises(SetupError):
            desk.publish()
    assert (desk.standing.state, desk.standing.candidates) == (DeliveryState.NEW, ())


@pytest.mark.parametrize("staging", [".staging", ".elsewhere"])
def test_once_it_is_mended_the_file_goes_out(desk: Desk, server: AsyncSSHServer, staging: str) -> None:
    """Also when it is mended by naming another staging folder: what the old one holds is not waited for."""
    with pytest.raises(SetupError):
        desk.publish()
    server.sftp = ChrootedSFTP
    server.restart()
    (desk.folder / staging).mkdir(exist_ok=True)
    hotwax = desk.site.hotwax.model_copy(update={"staging_folder": f"hotwax/{staging}"})
    desk.site = desk.site.model_copy(update={"hotwax": hotwax})
    assert desk.publish().state is DeliveryState.PUBLISHED
    assert desk.target.read_bytes() == CONTENT


def test_also_when_it_is_refused_while_recovering(desk: Desk, server: AsyncSSHServer) -> None:
    desk.intend(1)
    desk.part(1).write_bytes(CONTENT)
    with pytest.raises(SetupError):
        desk.publish()
    assert desk.standing.state is DeliveryState.NEW
    server.sftp = ChrootedSFTP
    server.restart()
    assert desk.publish().state is DeliveryState.PUBLISHED
    assert desk.lying() == {"ResetInventory": [desk.promised.file_name], ".staging": []}
