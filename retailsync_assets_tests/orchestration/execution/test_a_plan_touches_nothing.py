"""Ledger, lake, landing, outbox and both SFTP sides are byte for byte what they were, wherever the night stands."""

import os
from collections.abc import Callable, Iterator

import pytest

from retailsync_assets.config.home import Home
from retailsync_assets.errors import Held, Quarantined, RetailSyncError, Waiting
from retailsync_assets.orchestration.execution.dry_run import dry_run
from retailsync_assets.orchestration.execution.plan import Plan
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.world import World
from retailsync_assets_tests.orchestration.execution.conftest import files, lasting, planned

Until = Callable[[World], object]
STATES = ("not begun", "held", "approved", "in its folder", "complete")


def states(world: World) -> Iterator[str]:
    world.raw({("F1", "A"): 12})
    world.orders.ship("F1", "-1 09:00")
    yield "not begun"
    assert world.take().state == "held"
    yield "held"
    world.approve()
    yield "approved"
    world.take()
    yield "in its folder"
    assert world.play().state == "complete"
    yield "complete"


@pytest.fixture(scope="module")
def plans(new_world: NewWorld) -> dict[str, tuple[Plan, bool]]:
    """In each state: the plan, and whether everything is as it was."""
    world, found = new_world(limits={"first_night": "hold"}), dict[str, tuple[Plan, bool]]()
    for state in states(world):
        before = lasting(world)
        found[state] = planned(world), lasting(world) == before
    return found


@pytest.mark.parametrize("state", STATES)
def test_wherever_the_night_stands(plans: dict[str, tuple[Plan, bool]], state: str) -> None:
    plan, untouched = plans[state]
    assert untouched
    assert len(plan.changes) == 6
    assert plan.is_out is (state in ("in its folder", "complete"))
    assert bool(plan.held) is (state in ("not begun", "held"))


@pytest.mark.parametrize(
    "until, outcome",
    [
        (lambda world: None, Waiting),
        (lambda world: world.raw_bytes(b"upc,store_code,qty\n1,S1,1"), Quarantined),
        (lambda world: (world.raw(), world.raw(as_of="06:59")), Held),
    ],
    ids=["no raw file", "a raw file that is cut off", "two raw files"],
)
def test_where_there_is_none_to_be_made(world: World, until: Until, outcome: type[RetailSyncError]) -> None:
    until(world)
    before = lasting(world)
    with pytest.raises(outcome):
        planned(world)
    assert lasting(world) == before


def test_a_home_that_is_new_gets_no_ledger(world: World) -> None:
    world.raw()
    world.open(world.resources.site, Home(world.folder / "new"))
    (world.home.folder / "ledger.db").unlink()
    planned(world)
    assert [path for path in files(world.home.folder) if "dagster" not in path.parts] == []


def test_what_a_killed_one_left_is_swept_after_a_day(world: World) -> None:
    left = world.home.folder_for("scratch", "dry_run.left")
    (left / "raw.csv").touch()
    with dry_run(world.resources.site, world.home, NIGHT, world.clock):
        assert left.is_dir()
    os.utime(left, (0, 0))
    with dry_run(world.resources.site, world.home, NIGHT, world.clock):
        assert not left.exists()
