import json
import stat

from retailsync_assets.ledger.models import DeliveryState
from retailsync_assets_tests.delivery.conftest import CONTENT, NOW, Desk


def test_the_folder_has_the_very_bytes_and_staging_nothing(desk: Desk) -> None:
    desk.publish()
    assert desk.target.read_bytes() == CONTENT
    assert desk.lying() == {"ResetInventory": [desk.promised.file_name], ".staging": []}


def test_only_owner_and_group_may_read_it(desk: Desk) -> None:
    desk.publish()
    assert stat.S_IMODE(desk.target.stat().st_mode) == 0o640


def test_the_ledger_says_so(desk: Desk) -> None:
    published = desk.publish()
    assert published == desk.standing
    assert (published.state, published.published_at, published.epoch) == (DeliveryState.PUBLISHED, NOW, 1)
    assert [row.what for row in desk.ledger.history(published.business_date)] == [
        "promised", "reset acquired", "reset publishing", "reset published",
    ]  # fmt: skip


def test_a_manifest_beside_the_ledger_says_so_too(desk: Desk) -> None:
    desk.publish()
    manifest = json.loads((desk.home.folder_for("manifests", "demo") / f"{desk.promised.file_name}.json").read_text())
    assert (manifest["sha256"], manifest["epoch"]) == (desk.promised.sha256, 1)


def test_published_again_it_is_left_alone(desk: Desk) -> None:
    desk.publish()
    desk.target.unlink()  # HotWax has taken it
    assert desk.publish().state is DeliveryState.PUBLISHED
    assert desk.lying() == {"ResetInventory": [], ".staging": []}
