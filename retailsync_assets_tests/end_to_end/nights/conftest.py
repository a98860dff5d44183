from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from typing import Any

import pytest

from retailsync_assets_tests.end_to_end.nights.world import World
from retailsync_assets_tests.servers.asyncssh_server import AsyncSSHServer

NewWorld = Callable[..., World]
NUMBERS = count(1)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AsyncSSHServer]:
    """One SFTP server for every world that does not ask for its own."""
    with AsyncSSHServer(tmp_path_factory.mktemp("asyncssh")) as server:
        yield server


@pytest.fixture(scope="module")
def new_world(server: AsyncSSHServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewWorld]:
    """`new_world(variance={"rule": "documented"})`: a world whose site has these settings."""
    with ExitStack() as worlds:

        def make(own_server: Any = None, **more: Any) -> World:
            name = f"shop{next(NUMBERS)}"
            return worlds.enter_context(World(tmp_path_factory.mktemp(name), own_server or server, name, **more))

        yield make


@pytest.fixture
def world(new_world: NewWorld) -> World:
    """Two stores, three products, ten units of each in both systems; a raw file has yet to come."""
    return new_world()
