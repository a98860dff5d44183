import shutil
from pathlib import Path

import pytest

from retailsync_assets.resources.sftp.session import SftpSession
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.world import World


def copied(world: World) -> list[Path]:
    """A backup of the ledger's files."""
    backup = world.folder / "backup"
    backup.mkdir()
    return [Path(shutil.copy(file, backup)) for file in world.home.folder.glob("ledger.db*")]


def restore(world: World, backup: list[Path]) -> None:
    for file in world.home.folder.glob("ledger.db*"):
        file.unlink()
    for file in backup:
        shutil.copy(file, world.home.folder)


@pytest.mark.parametrize("taken", [True, False], ids=["HotWax has it", "it still lies there"])
def test_it_is_refused_and_nothing_is_sent_again(world: World, taken: bool) -> None:
    backup = copied(world)
    world.take()
    if taken:
        world.at("08:00").import_files()
    restore(world, backup)
    report = world.at("09:00").take()
    assert (report.state, report.exit_code) == ("failed", 1)
    assert report.lines[0].startswith("the ledger is older than its manifests: ResetInventory_")
    assert len(world.files("reset")) == 1
    assert world.resources.ledger.night_state(NIGHT).deliveries == ()


def test_so_is_one_whose_manifests_are_as_old_by_what_hotwax_imported(world: World) -> None:
    backup = copied(world)
    world.take()
    world.at("08:00").import_files()
    restore(world, backup)
    shutil.rmtree(world.home.folder / "manifests")
    report = world.at("09:00").take()
    assert (report.state, report.exit_code) == ("failed", 1)
    assert report.lines[0].startswith("HotWax has imported ResetInventory_")
    assert len(world.files("reset")) == 1


def test_and_by_what_still_lies_there(world: World) -> None:
    backup = copied(world)
    world.take()
    restore(world, backup)
    shutil.rmtree(world.home.folder / "manifests")
    assert "exists and was not written by this ledger" in world.at("09:00").take().lines[0]
    assert len(world.files("reset")) == 1


def test_so_is_one_that_knows_the_delivery_and_not_its_last_worker(world: World) -> None:
    world.take()
    delivery = world.resources.ledger.night_state(NIGHT).deliveries[0]
    manifest = world.home.folder / "manifests" / world.name / f"{delivery.file_name}.json"
    manifest.write_text(manifest.read_text().replace('"epoch": 1', '"epoch": 2'))
    assert "is older than its manifests" in world.take().lines[0]


def test_so_is_one_that_was_saved_while_the_file_was_on_its_way(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    resources, backup = SftpSession.upload_new, list[Path]()

    def saved(session: SftpSession, path: str, content: bytes) -> None:
        backup.extend([] if backup else copied(world))
        resources(session, path, content)

    monkeypatch.setattr(SftpSession, "upload_new", saved)
    world.take()
    world.at("08:00").import_files()
    restore(world, backup)
    assert "is older than its manifests" in world.at("09:00").take().lines[0]
    assert len(world.files("reset")) == 1
