"""A day later HotWax has cleaned its server, or that is away: what it said of failed rows is still known here."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from retailsync_assets.cli.explanation import explain
from retailsync_assets.errors import Unreachable
from retailsync_assets.orchestration.execution.replay import replay
from retailsync_assets.resources.sftp.server import SftpServer
from retailsync_assets_tests.end_to_end.nights.catalogue import UPCAS
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.world import World


@contextmanager
def away(server: SftpServer) -> Iterator[None]:
    raise Unreachable(f"{server}: no answer")
    yield


@pytest.mark.parametrize("later", ["cleaned", "away"])
def test_and_every_key_is_explained_without_the_server(
    world: World, monkeypatch: pytest.MonkeyPatch, later: str
) -> None:
    world.raw()
    for facility in ("F1", "F2"):
        world.orders.ship(facility, "-1 09:00")
    world.take()
    with world.at("08:00").unknown_to_hotwax("F2"):
        world.import_files()
    world.at("09:00").take()
    with world.unknown_to_hotwax("F1"):
        world.import_files()
    world.take()
    world.approve()
    world.take()
    world.import_files()
    assert world.take().state == "complete"
    if later == "cleaned":
        for folder in world.folders.values():
            for file in folder.glob("error/*"):
                file.unlink()
    else:
        monkeypatch.setattr(SftpServer, "session", away)
    found = [explain(world.resources, NIGHT, UPCAS["A"], store) for store in ("S1", "S2")]
    assert [(each.status, each.variance, each.hotwax_quantity) for each in found] == [
        ("applied", -2, 8), ("reset row failed", None, 8),
    ]  # fmt: skip
    if later == "cleaned":
        assert replay(world.resources.site, world.home, NIGHT, world.clock).equal
