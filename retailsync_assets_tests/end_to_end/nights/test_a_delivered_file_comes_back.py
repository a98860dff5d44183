"""What HotWax reads twice is applied twice: a name in the folder again, or twice in the log, holds the night."""

import shutil
from pathlib import Path

import pytest

from retailsync_assets.workflow.status import NightStatus
from retailsync_assets_tests.end_to_end.nights.world import World


@pytest.fixture
def world(world: World) -> World:
    """The reset is in HotWax's folder."""
    world.raw()
    world.orders.ship("F1", "-1 09:00")
    world.take()
    world.at("08:00")
    return world


def bring_back(world: World, kind: str) -> Path:
    """Copies what HotWax has archived into its folder, as an operator's hand would."""
    (archived,) = world.folders[kind].glob("archive/*.csv")
    return Path(shutil.copy(archived, world.folders[kind]))


def assert_held(report: NightStatus, reason: str) -> None:
    assert (report.state, report.exit_code, report.lines) == ("held", 4, (f"held: {reason}",))


@pytest.mark.parametrize("seen_away", [True, False], ids=["after it was seen away", "before it was seen away"])
def test_a_reset_in_its_folder_again_holds_the_night(world: World, seen_away: bool) -> None:
    world.import_files()
    if seen_away:
        world.take()
    name = bring_back(world, "reset").name
    reason = f"{name} lies in HotWax's folder again after it had been taken: it would be applied twice"
    assert_held(world.at("09:00").take(), reason)
    assert world.files("variance") == {}


def test_a_variance_in_its_folder_again_holds_the_night(world: World) -> None:
    world.import_files()
    world.at("09:00").take()
    world.import_files()
    assert world.take().state == "complete"
    name = bring_back(world, "variance").name
    reason = f"{name} lies in HotWax's folder again after it had been taken: it would be applied twice"
    assert_held(world.take(), reason)


def test_a_reset_that_was_logged_twice_holds_the_night(world: World) -> None:
    world.import_files()
    name = bring_back(world, "reset").name
    world.import_files()
    assert_held(world.at("09:00").take(), f"HotWax's log has {name} 2 times: it may have been applied twice")
    assert world.files("variance") == {}
