import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest

from retailsync_assets.cli.doctor.examination import examine
from retailsync_assets.cli.doctor.finding import Finding
from retailsync_assets.resources.sftp import server
from retailsync_assets_tests.end_to_end.nights.site_file import Server
from retailsync_assets_tests.end_to_end.nights.world import World
from retailsync_assets_tests.servers.openssh import OpenSSH

NUMBERS = count(1)
NewClinic = Callable[..., World]


@pytest.fixture(scope="session")
def one_openssh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenSSH]:
    """One sshd for every site that needs no other."""
    with OpenSSH(tmp_path_factory.mktemp("openssh")) as server:
        yield server


@pytest.fixture
def clinic(
    one_openssh: OpenSSH, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[NewClinic]:
    """`clinic(hotwax={…})`: a site in good health but for these settings, with a raw file of this hour."""
    monkeypatch.setattr(server, "ATTEMPTS", 1)
    logging.disable(logging.CRITICAL)  # Dagster's
    with ExitStack() as worlds:

        def make(server: Server | None = None, oms_url: str | None = None, **changes: Any) -> World:
            name = f"clinic{next(NUMBERS)}"
            folder = tmp_path_factory.mktemp(name)
            world = worlds.enter_context(World(folder, server or one_openssh, name, oms_url, **changes))
            world.home.folder.chmod(0o700)
            now = datetime.now(UTC)
            world.clock.moment = now
            world.raw().rename(world.inbox / f"RetailPro_Inventory_1_{now:%Y%m%d%H%M%S}.csv")
            return world

        yield make
    logging.disable(logging.NOTSET)


def examined(world: World) -> list[Finding]:
    """What the doctor finds, with the world's clock as this machine's."""
    return list(examine(world.resources.site, world.home, world.clock.moment))


def of_state(findings: list[Finding], *states: str) -> list[Finding]:
    return [each for each in findings if each.state in states]
