import os
from dataclasses import replace
from pathlib import Path

import pytest

from retailsync_assets.delivery.publisher import preflight
from retailsync_assets.errors import Held, SetupError
from retailsync_assets.ledger.models import DeliveryState
from retailsync_assets_tests.delivery.conftest import CONTENT, Desk, desk_at
from retailsync_assets_tests.servers.openssh import OpenSSH


def test_a_name_that_is_taken_holds_the_night(desk: Desk) -> None:
    desk.target.write_bytes(b"of another hand")
    with pytest.raises(Held, match="exists and was not written by this ledger"):
        desk.publish()
    assert desk.target.read_bytes() == b"of another hand"
    assert desk.standing.state is DeliveryState.NEW
    (hold,) = desk.ledger.night_state(desk.promised.business_date).open_holds
    assert (hold.cause, hold.subject) == ("name taken", desk.promised.file_name)
    assert desk.lying()[".staging"] == []


@pytest.mark.parametrize(
    ("lying", "held"),
    [
        ("ResetInventory_demo_2026-11-20_1_0123456789ab.csv", True),
        ("InventoryVariance_demo_2026-11-20_1_for_0123456789ab.csv", True),
        ("ResetInventory_demo_2_2026-11-20_1_0123456789ab.csv", False),  # the site demo_2 has a ledger of its own
        ("DC_Inventory_1.csv", False),
    ],
)
def test_a_delivery_that_the_ledger_does_not_know_holds_the_night(desk: Desk, lying: str, held: bool) -> None:
    (desk.target.parent / lying).write_bytes(b"of another ledger")
    if not held:
        assert desk.publish().state is DeliveryState.PUBLISHED
        return
    with pytest.raises(Held, match=f"{lying} exists and was not written by this ledger"):
        desk.publish()
    assert desk.lying() == {"ResetInventory": [lying], ".staging": []}


def test_a_disk_without_room_for_it_is_refused(one_openssh: OpenSSH, tmp_path: Path) -> None:
    desk = desk_at(one_openssh, tmp_path, "hotwax_full")
    with (
        desk.server.session() as session,
        pytest.raises(SetupError, match=r"GB free, a file needs 2.3 EB: free disk space"),
    ):
        preflight(desk.site, session, desk.site.hotwax.reset_folder, 1 << 60)


@pytest.mark.parametrize("kept", [CONTENT.replace(b"05", b"06", 1), CONTENT[:-1], b"", None])
def test_bytes_that_changed_since_the_promise_are_refused(desk: Desk, kept: bytes | None) -> None:
    outbox = desk.home.folder_for("outbox", "demo") / desk.promised.file_name
    outbox.unlink() if kept is None else outbox.write_bytes(kept)
    with pytest.raises(SetupError, match="is not what the ledger promised"):
        desk.publish()
    assert desk.lying() == {"ResetInventory": [], ".staging": []}
    assert desk.standing == desk.promised


def test_staging_on_another_file_system_is_refused_before_anything_is_done(
    one_openssh: OpenSSH, elsewhere: Path, tmp_path: Path
) -> None:
    desk = desk_at(one_openssh, tmp_path, "hotwax_elsewhere", staging=str(elsewhere))
    with pytest.raises(SetupError) as refused:
        desk.publish()
    assert "file system" in str(refused.value)
    assert str(elsewhere) in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1
    assert (desk.standing.state, os.listdir(elsewhere)) == (DeliveryState.NEW, [])  # noqa: PTH208
    mended = desk.site.hotwax.model_copy(update={"staging_folder": "hotwax_elsewhere/.staging"})
    desk = replace(desk, site=desk.site.model_copy(update={"hotwax": mended}))
    assert desk.publish().state is DeliveryState.PUBLISHED
    assert desk.target.read_bytes() == CONTENT


@pytest.mark.parametrize("missing", [".staging", "ResetInventory"])
def test_a_folder_that_is_not_there_is_named(desk: Desk, missing: str) -> None:
    (desk.folder / missing).rmdir()
    with pytest.raises(SetupError) as refused:
        desk.publish()
    assert f"{desk.folder.name}/{missing}" in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1
    (desk.folder / missing).mkdir()
    assert desk.publish().state is DeliveryState.PUBLISHED
    assert desk.target.read_bytes() == CONTENT


def test_without_permission_it_says_where(tmp_path: Path) -> None:
    with refusing("open", tmp_path / "openssh") as server:
        desk = desk_at(server, tmp_path, "hotwax")
        with pytest.raises(SetupError, match=r"permission denied: hotwax/\.staging/") as refused:
            desk.publish()
        assert len(str(refused.value).splitlines()) == 1
        server.options = ()
        server.restart()
        assert desk.publish().state is DeliveryState.PUBLISHED


def test_a_server_without_posix_rename_is_refused(tmp_path: Path) -> None:
    with refusing("posix-rename", tmp_path / "openssh") as server:
        desk = desk_at(server, tmp_path, "hotwax")
        with pytest.raises(SetupError, match=r"has no posix-rename@openssh\.com"):
            desk.publish()
        assert desk.lying() == {"ResetInventory": [], ".staging": []}


def refusing(request: str, folder: Path) -> OpenSSH:
    """An sshd that denies one kind of request."""
    return OpenSSH(folder, options=(f"ForceCommand internal-sftp -P {request} -d {folder / 'root'}",))
