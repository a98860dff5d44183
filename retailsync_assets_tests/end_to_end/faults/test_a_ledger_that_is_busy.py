import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

import pytest

from retailsync_assets.errors import Unreachable
from retailsync_assets.ledger import engine
from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets.ledger.models import DeliveryState
from retailsync_assets.resources.sftp.session import SftpSession
from retailsync_assets_tests.delivery.conftest import CONTENT, Desk
from retailsync_assets_tests.end_to_end.nights.world import World


@contextmanager
def held(ledger: str) -> Iterator[None]:
    """Another process is writing, and does not end."""
    with closing(sqlite3.connect(ledger.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a second, not half a minute."""
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.5)


def test_for_a_moment_it_is_waited_for(world: World) -> None:
    with ThreadPoolExecutor() as other:
        with held(world.home.ledger_url):
            taking = other.submit(world.take)
            time.sleep(0.5)
            assert not taking.done()
        assert taking.result().state == "waiting"
    assert len(world.files("reset")) == 1


def test_past_the_bound_it_is_told_in_one_line(world: World, impatient: None) -> None:
    world.open(world.resources.site, world.home)
    with held(world.home.ledger_url):
        report = world.take()
    assert (report.state, report.exit_code, world.files("reset")) == ("failed", 1, {})
    assert report.lines == (f"the ledger {world.home.ledger_url}: database is locked",)
    world.take()
    assert len(world.files("reset")) == 1


@pytest.mark.parametrize("step, lying", [("upload_new", 0), ("rename", 1)], ids=["at the intent", "when it is out"])
def test_where_nothing_can_be_entered_the_file_goes_out_once(
    desk: Desk, impatient: None, monkeypatch: pytest.MonkeyPatch, step: str, lying: int
) -> None:
    desk.ledger = Ledger(desk.home.ledger_url, "demo")
    busy, done = held(desk.home.ledger_url), getattr(SftpSession, step)

    def then_busy(*arguments: object) -> object:
        answer = done(*arguments)
        busy.__enter__()
        return answer

    monkeypatch.setattr(SftpSession, step, then_busy)
    with pytest.raises(Unreachable, match="database is locked"):
        desk.publish()
    busy.__exit__(None, None, None)
    monkeypatch.undo()
    assert len(desk.lying()["ResetInventory"]) == lying
    desk.ledger = Ledger(desk.home.ledger_url, "demo")
    assert desk.publish().state is DeliveryState.PUBLISHED
    assert desk.target.read_bytes() == CONTENT
    assert desk.lying() == {"ResetInventory": [desk.promised.file_name], ".staging": []}
