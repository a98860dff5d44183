"""The next night's reset is out: what the last night still owed belongs to no stock any more."""

from datetime import timedelta

import pytest

from retailsync_assets.errors import Unreachable
from retailsync_assets.resources.sftp.session import SftpSession
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.world import World

NEXT = NIGHT + timedelta(days=1)


@pytest.fixture
def world(world: World) -> World:
    """HotWax has applied the reset, and the hour is over."""
    world.take()
    world.at("08:00").import_files()
    return world.at("09:00")


def the_next_night(world: World) -> None:
    """Retail Pro has noted the order; its next file has eight, and HotWax applies that."""
    world.raw({("F1", "A"): 8}, as_of="+1 07:00")
    world.orders.acknowledge("F1", "+1 06:00")
    world.at("+1 07:45").take(NEXT)
    world.at("+1 08:00").import_files()
    assert world.at("+1 09:30").take(NEXT).state == "complete"


def assert_refused(world: World) -> None:
    report = world.take(NIGHT)
    world.import_files()
    assert (report.state, report.exit_code, world.stock()["F1", "A"]) == ("held", 4, 8)
    assert report.lines[0].startswith("refused: ")


def test_one_that_was_promised_and_never_sent_is_closed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise Unreachable("HotWax's server is away")

    monkeypatch.setattr(SftpSession, "upload_new", away)
    assert world.take().state == "failed"
    monkeypatch.undo()
    the_next_night(world)
    assert_refused(world)


def test_one_that_hotwax_failed_is_not_sent_anew_whoever_approves(world: World) -> None:
    world.take()
    world.import_ends("SERVICE_FAILED")
    assert world.take().state == "held"
    the_next_night(world)
    world.approve()
    assert_refused(world)
