"""Newer versions of HotWax have other words for the state of an import, and there may be more of them."""

import pytest

from retailsync_assets_tests.end_to_end.nights.world import World

STATE = "UPDATE DATA_MANAGER_LOG SET STATUS_ID = :status"


@pytest.fixture
def world(world: World) -> World:
    """HotWax has applied the reset at 08:00."""
    world.raw()
    world.orders.ship("F1", "-1 09:00")
    world.take()
    world.at("08:00").import_files()
    return world.at("09:00")


def completed(world: World) -> float:
    world.take()
    world.import_files()
    assert world.take().state == "complete"
    return world.stock()["F1", "A"]


@pytest.mark.parametrize("status", ["DmlsFinished", "dmlsfinished", "Service_Finished"])
def test_a_word_for_finished_is_evidence(world: World, status: str) -> None:
    world.execute(STATE, status=status)
    assert completed(world) == 8


@pytest.mark.parametrize("status", ["DmlsPending", "DmlsQueued", "DmlsRunning"])
def test_a_word_for_not_yet_is_waited_for(world: World, status: str) -> None:
    world.execute(STATE, status=status)
    assert (world.take().exit_code, world.files("variance")) == (3, {})
    world.execute(STATE, status="DmlsFinished")
    assert completed(world) == 8


@pytest.mark.parametrize("status", ["DmlsFailed", "DmlsCancelled", "DmlsCrashed"])
def test_a_word_for_not_applied_holds_the_night(world: World, status: str) -> None:
    world.execute(STATE, status=status)
    held = world.take()
    assert (held.exit_code, len(held.lines), status in held.lines[0]) == (4, 1, True)


@pytest.mark.parametrize("status", ["DmlsPaused", None], ids=["a word of nobody", "none at all"])
def test_a_word_that_is_not_known_holds_the_night_and_is_named(world: World, status: str | None) -> None:
    world.execute(STATE, status=status)
    held = world.take()
    assert (held.exit_code, len(held.lines)) == (4, 1)
    assert f"in the state {status or 'null'!r}, which is not known: approved, it counts as not applied" in held.lines[0]
    assert held.next_step is not None
    assert held.next_step.startswith("retailsync approve")


def test_one_that_becomes_a_known_word_lets_the_night_go_on(world: World) -> None:
    world.execute(STATE, status="DmlsPaused")
    assert world.take().exit_code == 4
    world.execute(STATE, status="DmlsFinished")
    assert completed(world) == 8
    assert len(world.files("reset")) == 1


def test_one_that_a_person_approves_counts_as_not_applied(world: World) -> None:
    world.execute(STATE, status="DmlsPaused")
    world.take()
    world.approve()
    assert (world.take().exit_code, len(world.files("reset"))) == (3, 2)
    world.import_files()
    world.at("10:00")
    assert completed(world) == 8
