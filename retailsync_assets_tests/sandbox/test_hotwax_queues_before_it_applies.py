from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from retailsync_assets.sandbox.hotwax.data_manager import HotWax

HEADER = "facilityId,externalFacilityId,idType,idValue,availableQty,locationSeqId,resetByAtp,comments\n"


@pytest.fixture
def hotwax(oms: Engine, sftp_root: Path, as_of: datetime) -> HotWax:
    return HotWax(oms, sftp_root, lambda: as_of)


def logs(oms: Engine) -> list[tuple[Any, ...]]:
    query = text(
        "SELECT FILE_NAME, CONFIG_ID, STATUS_ID, CONTENT_LOCATION FROM DATA_MANAGER_LOG"
        " JOIN DATA_MANAGER_CONTENT USING (LOG_ID) ORDER BY LOG_ID"
    )
    with oms.connect() as connection:
        return [tuple(row) for row in connection.execute(query)]


def test_polled_files_are_archived_and_queued_oldest_name_first(oms: Engine, sftp_root: Path, hotwax: HotWax) -> None:
    folder = sftp_root / "hotwax/ResetInventory"
    for name in ("ResetInventory_2.csv", "ResetInventory_1.csv"):
        (folder / name).write_text(HEADER)
    hotwax.poll()
    assert logs(oms) == [
        (name, "RESET_INVENTORY", "SERVICE_QUEUED", f"hotwax/ResetInventory/archive/{name}")
        for name in ("ResetInventory_1.csv", "ResetInventory_2.csv")
    ]
    assert sorted(path.name for path in folder.iterdir()) == ["archive", "error"]
    hotwax.process()
    assert {status for _, _, status, _ in logs(oms)} == {"SERVICE_FINISHED"}


def test_what_is_not_an_import_file_stays_where_it_is(oms: Engine, sftp_root: Path, hotwax: HotWax) -> None:
    folder = sftp_root / "hotwax/InventoryVariance"
    (folder / "InventoryVariance_1.csv.part").touch()
    (folder / "ResetInventory_1.csv").touch()
    (folder / "InventoryVariance_folder.csv").mkdir()
    (folder / "InventoryVariance_link.csv").symlink_to(folder / "ResetInventory_1.csv")
    hotwax.poll()
    assert logs(oms) == []
    assert len(list(folder.iterdir())) == 6


def test_a_name_that_comes_twice_is_logged_twice_and_both_are_kept(
    oms: Engine, sftp_root: Path, hotwax: HotWax
) -> None:
    folder = sftp_root / "hotwax/ResetInventory"
    for _ in range(2):
        (folder / "ResetInventory_1.csv").write_text(HEADER)
        hotwax.poll()
    assert [name for name, *_ in logs(oms)] == ["ResetInventory_1.csv", "ResetInventory_1.csv"]
    assert len(list((folder / "archive").iterdir())) == 2


def test_an_import_that_was_interrupted_is_applied_after_the_next_start(
    oms: Engine, sftp_root: Path, hotwax: HotWax
) -> None:
    (sftp_root / "hotwax/ResetInventory/ResetInventory_1.csv").write_text(HEADER)
    hotwax.poll()
    with oms.begin() as connection:
        connection.execute(text("UPDATE DATA_MANAGER_LOG SET STATUS_ID = 'SERVICE_RUNNING'"))
    hotwax.process()
    assert [status for _, _, status, _ in logs(oms)] == ["SERVICE_RUNNING"]
    hotwax.requeue_interrupted()
    hotwax.process()
    assert [status for _, _, status, _ in logs(oms)] == ["SERVICE_FINISHED"]
