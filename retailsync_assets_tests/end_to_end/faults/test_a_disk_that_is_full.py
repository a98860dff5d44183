from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.world import World


def assert_failed(world: World, reason: str) -> None:
    report = world.take()
    assert (report.state, report.exit_code, world.files("reset")) == ("failed", 1, {})
    assert reason in report.lines[0]
    assert len(report.lines[0].splitlines()) == 1


def assert_goes_on(world: World) -> None:
    assert world.take().state == "waiting"
    assert len(world.files("reset")) == 1


@pytest.fixture
def full(world: World, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """/dev/full in the landing: the kernel itself refuses every byte."""
    opened = Path.open

    def on_a_full_disk(path: Path, *mode: Any, **more: Any) -> Any:
        return opened(Path("/dev/full") if path.parent == world.landing and mode == ("wb",) else path, *mode, **more)

    monkeypatch.setattr(Path, "open", on_a_full_disk)
    return monkeypatch


def test_a_raw_file_that_does_not_fit_is_not_kept_and_comes_again(world: World, full: pytest.MonkeyPatch) -> None:
    assert_failed(world, "this machine's disk: [Errno 28] No space left on device")
    assert world.resources.ledger.night_state(NIGHT).snapshots == ()
    full.undo()
    assert_goes_on(world)


@pytest.mark.parametrize("folder", ["outbox", "manifests"])
def test_nothing_goes_out_whose_bytes_or_manifest_could_not_be_kept(
    world: World, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, places = Path.open, world.home.folder / folder
    monkeypatch.setattr(
        Path,
        "open",
        lambda path, *mode, **more: opened(
            Path("/dev/full") if places in path.parents and mode == ("wb",) else path, *mode, **more
        ),
    )
    assert_failed(world, "No space left on device")
    monkeypatch.undo()
    assert_goes_on(world)


def test_a_ledger_that_can_not_grow_stops_the_night(world: World) -> None:
    engine: Engine = world.resources.ledger._engine
    world.take()
    world.at("08:00").import_files()

    def small(connection: Any, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count={connection.execute('PRAGMA page_count').fetchone()[0]}")

    event.listen(engine, "connect", small)
    for _ in range(100):  # until the last page is full
        report = world.at("09:00").take()
        if report.state == "failed":
            break
        if report.state == "complete":
            pytest.fail("the ledger had room for all of it")
        world.import_files()
    event.remove(engine, "connect", small)
    assert "database or disk is full" in report.lines[0]
    assert len(report.lines[0].splitlines()) == 1
    world.take()
    world.import_files()
    assert world.take().state == "complete"
    assert len(world.files("variance")) == 1
    assert world.stock()["F1", "A"] == 8
