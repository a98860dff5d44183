"""Two countries in one sites.toml and one home, each with a server, a database and a zone of its own."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest

from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.site_file import written
from retailsync_assets_tests.end_to_end.nights.world import World
from retailsync_assets_tests.servers.asyncssh_server import AsyncSSHServer

AT_SIX = {"cut_off": "06:00", "give_up": None}
AMERICA: dict[str, Any] = {"time_zone": "America/New_York", "schedule": AT_SIX}
JAPAN: dict[str, Any] = {"time_zone": "Asia/Tokyo", "subsidiary": "2", "schedule": AT_SIX}
TOMORROW = NIGHT + timedelta(days=1)
"""The stock of 10:00 is this date's in New York, where it is five in the morning; in Tokyo it is the next one's."""


@pytest.fixture
def both(new_world: NewWorld, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, World]]:
    with ExitStack() as servers:
        worlds = [
            new_world(servers.enter_context(AsyncSSHServer(tmp_path_factory.mktemp("asyncssh"))), **country)
            for country in (AMERICA, JAPAN)
        ]
        america, japan = worlds
        sites = written(america.folder / "both.toml", {world.name: world.settings for world in worlds})
        for world in worlds:
            world.open(sites[world.name], america.home)
        yield america, japan


def test_one_that_is_held_leaves_the_other_to_finish(both: tuple[World, World]) -> None:
    america, japan = both
    for world, units in ((america, 6), (japan, 4)):
        world.raw({("F1", "B"): units}, as_of="10:00")
        world.orders.ship("F1", "-1 09:00")
    america.at("10:30").take()
    assert america.delivered("reset", NIGHT)["F1", "B"] == 6
    assert (japan.files("reset"), japan.resources.ledger.night_state(TOMORROW).arrivals) == ({}, ())
    japan.at("10:30").take(TOMORROW)
    assert japan.delivered("reset", TOMORROW)["F1", "B"] == 4
    america.import_ends("SERVICE_CRASHED")
    held = america.at("10:40").take()
    japan.at("10:40").import_files()
    japan.at("11:40").take(TOMORROW)
    japan.import_files()
    complete = japan.take(TOMORROW)
    assert (held.site, held.state, complete.site, complete.state) == (america.name, "held", japan.name, "complete")
    assert (japan.stock()["F1", "A"], japan.stock()["F1", "B"]) == (8, 4)
    assert (america.stock()["F1", "A"], america.stock()["F1", "B"]) == (8, 10)
    assert len(america.files("reset")) == 1
    assert america.files("variance") == {}
    assert america.take().lines == held.lines
