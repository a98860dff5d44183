"""A crashed import may run once more, as the same log or as a new one: nothing is sent in its stead meanwhile."""

import pytest

from retailsync_assets.errors import Unreachable
from retailsync_assets.resources.sftp.session import SftpSession
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.imports import restart, run_restarted
from retailsync_assets_tests.end_to_end.nights.world import World

pytestmark = [
    pytest.mark.parametrize("kind", ["reset", "variance"]),
    pytest.mark.parametrize("in_place", [True, False], ids=["the same log", "a new log"]),
]


def crashed(world: World, kind: str) -> World:
    """Two units have left, and HotWax's import of the file of that kind has crashed: the night is on hold."""
    world.raw()
    world.orders.ship("F1", "-1 09:00")
    world.take()
    world.at("08:00")
    if kind == "variance":
        world.import_files()
        world.at("09:00").take()
    world.import_ends("SERVICE_CRASHED")
    assert world.take().state == "held"
    return world


def assert_waiting(world: World, kind: str) -> None:
    """For the import of the one file, with nothing left to approve."""
    report = world.take()
    (name,) = world.files(kind)
    assert (report.exit_code, report.lines) == (3, (f"HotWax has not imported {name} yet",))
    assert world.resources.ledger.approve(NIGHT, "a person", "it failed", world.clock.now()) == []
    assert (world.take().exit_code, len(world.files(kind))) == (3, 1)


def assert_comes_right(world: World, kind: str) -> None:
    """Its restart applies the file, which was delivered once."""
    run_restarted(world)
    world.at("10:00").take()
    world.import_files()
    assert world.take().state == "complete"
    assert (len(world.files(kind)), world.stock()["F1", "A"]) == (1, 8)


def test_before_a_person_has_looked(world: World, kind: str, in_place: bool) -> None:
    restart(crashed(world, kind), in_place=in_place)
    assert_waiting(world, kind)
    assert_comes_right(world, kind)


def test_after_a_person_approved_and_before_the_next_run(world: World, kind: str, in_place: bool) -> None:
    crashed(world, kind).approve()
    restart(world, in_place=in_place)
    assert_waiting(world, kind)
    assert_comes_right(world, kind)


def test_and_that_ran_before_anybody_looked(world: World, kind: str, in_place: bool) -> None:
    restart(crashed(world, kind), in_place=in_place)
    assert_comes_right(world, kind)


def test_and_that_crashes_once_more(world: World, kind: str, in_place: bool) -> None:
    restart(crashed(world, kind), in_place=in_place)
    assert_waiting(world, kind)
    live = "UPDATE DATA_MANAGER_LOG SET STATUS_ID = 'SERVICE_QUEUED' WHERE STATUS_ID = 'SERVICE_PENDING'"
    if in_place:
        world.execute(live)
    world.import_ends("SERVICE_CRASHED")
    assert world.take().state == "held"
    world.approve()
    world.take()
    assert len(world.files(kind)) == 2
    world.import_files()
    world.at("10:30").take()
    world.import_files()
    assert (world.take().state, world.stock()["F1", "A"]) == ("complete", 8)


def test_when_the_next_file_is_promised_and_not_out(
    world: World, kind: str, in_place: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    crashed(world, kind).approve()

    def away(*_: object) -> None:
        raise Unreachable("HotWax's server is away")

    monkeypatch.setattr(SftpSession, "upload_new", away)
    assert world.take().state == "failed"
    monkeypatch.undo()
    restart(world, in_place=in_place)
    assert (world.take().exit_code, len(world.files(kind))) == (3, 1)
    run_restarted(world)
    world.at("10:00").take()
    world.import_files()
    if kind == "reset":  # the same quantities once more, before any variance
        world.at("11:00").take()
        world.import_files()
    assert (world.take().state, world.stock()["F1", "A"]) == ("complete", 8)
    assert len(world.files("variance")) == 1


def test_when_the_next_file_is_out_a_person_hears_that_both_were_applied(
    world: World, kind: str, in_place: bool
) -> None:
    crashed(world, kind).approve()
    world.take()
    assert len(world.files(kind)) == 2
    restart(world, in_place=in_place)
    run_restarted(world)
    held = world.take()
    assert held.state == "held"
    assert any("after all, and its rows were given once more since" in line for line in held.lines)
