"""The law: a business date ends right, or is waiting, on hold or failed and says so; approved and run again, it ends
right.
"""

import shutil
from collections.abc import Callable
from random import Random

import pytest

from retailsync_assets.workflow.status import NightStatus
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.imports import restart, run_restarted
from retailsync_assets_tests.end_to_end.nights.uploads import refusing
from retailsync_assets_tests.end_to_end.nights.world import World

SEEDS = range(6)
TRIES = 12
RELEASES = ("after_reset", "with_reset", "netted")
NOT_COUNTED = "UPDATE DATA_MANAGER_LOG SET FAILED_RECORD_COUNT = NULL"
SAYS_WHY = ("held: ", "quarantined: ", "refused: ", "missed: ", "failed: ")


def imported(world: World, _: Random) -> None:
    world.import_files()


def imported_without_a_store(world: World, chance: Random) -> None:
    with world.unknown_to_hotwax(chance.choice(("F1", "F2"))):
        world.import_files()


def crashed_and_restarted(world: World, chance: Random) -> None:
    world.import_ends("SERVICE_CRASHED")
    restart(world, in_place=chance.random() < 0.5)
    run_restarted(world)


def not_applied(world: World, chance: Random) -> None:
    world.import_ends(chance.choice(("SERVICE_FAILED", "SERVICE_CANCELLED", "SERVICE_CRASHED")))


def imported_and_not_counted(world: World, _: Random) -> None:
    world.import_files()
    world.execute(NOT_COUNTED)


IMPORTS: tuple[Callable[[World, Random], None], ...] = (
    imported,
    imported,
    imported_without_a_store,
    crashed_and_restarted,
    not_applied,
    imported_and_not_counted,
)


def lose_something(world: World, chance: Random) -> None:
    """A table of the lake, all of it, or nothing is lost between two jobs."""
    tables = sorted(path.name for path in (world.home.folder / "lake" / world.name).iterdir())
    lost = chance.choice((None, None, chance.choice(tables), "."))
    if lost is not None:
        shutil.rmtree(world.home.folder / "lake" / world.name / lost)


def looked_at(world: World) -> NightStatus:
    """One run, whose state and reasons agree."""
    status = world.take()
    if status.state == "complete":
        assert status.lines == ()
    else:
        assert status.lines, status
        assert status.state == "waiting" or status.lines[0].startswith(SAYS_WHY) or status.next_step, status
    return status


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_happens_to_it(new_world: NewWorld, seed: int) -> None:
    chance = Random(seed)
    world = new_world(
        variance={"release": RELEASES[seed % len(RELEASES)]},
        hotwax={"max_rows_per_file": chance.choice((2, 4, 200_000))},
    )
    shelf = dict.fromkeys([(store, sku) for store in ("F1", "F2") for sku in ("A", "B", "C")], 10)
    world.raw()

    def ship(at: str) -> None:
        for store, sku in chance.sample(sorted(shelf), chance.randint(0, 2)):
            world.orders.ship(store, at, sku)
            shelf[store, sku] -= 2

    ship("-1 09:00")
    with refusing(chance.choice((0, 1, 9))):
        looked_at(world)
    ship("07:50")
    for hour in range(8, 8 + TRIES):
        world.at(f"{hour:02}:00")
        status = looked_at(world)
        if status.state == "complete":
            break
        if status.state == "held" and world.resources.ledger.night_state(NIGHT).open_holds:
            world.approve()
            status = looked_at(world)
        lose_something(world, chance)
        if any(file for folder in world.folders.values() for file in folder.glob("*.csv")):
            chance.choice(IMPORTS)(world, chance)
    assert status.state == "complete", (seed, status.lines)
    assert world.stock() == shelf, seed
