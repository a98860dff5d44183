from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.conftest import new_world as new_world
from retailsync_assets_tests.end_to_end.nights.conftest import server as server
from retailsync_assets_tests.end_to_end.nights.world import World
from retailsync_assets_tests.servers.asyncssh_server import AsyncSSHServer
from retailsync_assets_tests.servers.browser import Chromium, chromium

HOSTILE_NAME = '<img src="https://example.com/x" onerror="document.title = 1">'
HOSTILE_QUANTITY = "<script>document.title = 1</script>\u202ezehn"


@pytest.fixture(scope="session")
def told(server: AsyncSSHServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Two nights. In the second two units left an order, one row is no number, and names and rows hold markup."""
    limits = {"first_night": "pass", "rejected_rows": 0.5, "keys_changed": 1.0, "keys_newly_zero": 1.0}
    with World(tmp_path_factory.mktemp("told"), server, "told", limits=limits) as world:
        world.at("-1 07:45").raw(as_of="-1 07:00")
        assert world.play(NIGHT - timedelta(days=1)).state == "complete"
        world.orders.ship("F1", "-1 20:00")
        world.execute("UPDATE PRODUCT SET INTERNAL_NAME = :name WHERE INTERNAL_NAME = 'A'", name=HOSTILE_NAME)
        world.at("07:45").raw({("F2", "C"): HOSTILE_QUANTITY, ("F1", "B"): 0})
        assert world.play().state == "complete"
        yield world


@pytest.fixture(scope="session")
def report(told: World) -> Path:
    """The page about the second of them."""
    return told.home.report(told.name, NIGHT)


@pytest.fixture(scope="session")
def browser() -> Iterator[Chromium]:
    with chromium() as browser:
        yield browser
