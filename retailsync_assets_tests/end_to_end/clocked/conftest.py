from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from typing import Any

import dagster as dg
import pytest

from retailsync_assets_tests.end_to_end.clocked.daemon import Daemon
from retailsync_assets_tests.end_to_end.clocked.kept_open import kept_open
from retailsync_assets_tests.end_to_end.clocked.outside import units_leave
from retailsync_assets_tests.end_to_end.clocked.played_night import Night
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.conftest import new_world as new_world
from retailsync_assets_tests.end_to_end.nights.conftest import server as server
from retailsync_assets_tests.end_to_end.nights.world import World

NewNight = Callable[..., Night]
NEW_YORK: dict[str, Any] = {"time_zone": "America/New_York", "schedule": {"cut_off": "06:00", "give_up": "05:55"}}


@pytest.fixture(scope="session")
def instance() -> Iterator[dg.DagsterInstance]:
    """One Dagster for every night, its books in memory: their runs are told apart by their sites."""
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance


@contextmanager
def opened(world: World, instance: dg.DagsterInstance, on: date = NIGHT) -> Generator[Night]:
    """A night of that world, with its daemon; two units leave a store on the evening before."""
    with kept_open(world.resources) as world.resources:
        night = Night(world, Daemon(world, instance), on)
        night.at("-1 20:00", units_leave)
        yield night


@pytest.fixture
def new_night(new_world: NewWorld, instance: dg.DagsterInstance) -> Iterator[NewNight]:
    """`new_night(on=…, variance=…)`: a site in New York with the usual clock times."""
    with ExitStack() as nights:
        yield lambda on=NIGHT, **settings: nights.enter_context(
            opened(new_world(**{**NEW_YORK, **settings}), instance, on)
        )
