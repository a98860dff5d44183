"""The next night's reset is ready while the last variance waits: whatever HotWax is doing with that, it counts once.

HotWax's poller downloads a file first and archives it later, so it may have read what was taken back.
"""

from datetime import datetime, timedelta
from typing import Any

import pytest

from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets.ledger.models import Delivery, DeliveryState, Hold
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.world import World

NEXT = NIGHT + timedelta(days=1)


@pytest.fixture
def world(world: World) -> World:
    """The variance lies in its folder; the next raw file has come, and Retail Pro still knows nothing of the order."""
    world.take()
    world.at("08:00").import_files()
    world.at("09:00").take()
    world.raw({("F2", "B"): 9}, as_of="+1 07:00")
    return world.at("+1 07:45")


def variance(world: World) -> DeliveryState:
    return world.resources.ledger.night_state(NIGHT).deliveries[-1].state


def finished(world: World) -> None:
    """The next night, to its end, and the stock that it has to leave."""
    world.at("+1 10:00").import_files()
    world.at("+1 11:30").take(NEXT)
    world.import_files()
    assert world.take(NEXT).state == "complete"
    others = {key: units for key, units in world.stock().items() if units != 10}
    assert others == {("F1", "A"): 8, ("F2", "B"): 9}


def test_hotwax_archived_it_just_before(world: World) -> None:
    world.poll("variance")
    assert world.take(NEXT).lines[0].startswith("HotWax has taken InventoryVariance_")
    assert world.files("reset", NEXT) == {}
    world.process()
    world.take(NEXT)
    assert (variance(world), len(world.files("reset", NEXT))) == (DeliveryState.APPLIED, 1)
    finished(world)


def test_hotwax_had_downloaded_it_and_imports_it(world: World) -> None:
    (file,) = world.folders["variance"].glob("*.csv")
    downloaded = file.read_bytes()
    world.take(NEXT)
    assert (variance(world), file.exists(), world.files("reset", NEXT)) == (DeliveryState.WITHDRAWING, False, {})
    file.write_bytes(downloaded)
    world.poll("variance")
    world.take(NEXT)
    assert world.files("reset", NEXT) == {}
    world.process()
    world.take(NEXT)
    assert (variance(world), len(world.files("reset", NEXT))) == (DeliveryState.APPLIED, 1)
    finished(world)


def test_hotwax_never_saw_it(world: World) -> None:
    world.take(NEXT)
    world.at("+1 08:10").take(NEXT)
    assert (variance(world), world.files("reset", NEXT)) == (DeliveryState.WITHDRAWING, {})
    world.at("+1 08:16").take(NEXT)
    assert (variance(world), len(world.files("reset", NEXT))) == (DeliveryState.WITHDRAWN, 1)
    assert list(world.folders["variance"].glob("*.csv")) == []
    assert "was withdrawn for the next business date's reset" in world.take(NIGHT).lines[0]
    finished(world)


def test_whoever_took_it_back_died_before_that_was_entered(world: World) -> None:
    move = Ledger.update

    def die(ledger: Ledger, delivery: Delivery, now: datetime, hold: Hold | None = None, **changes: Any) -> Delivery:
        if changes.get("state") is DeliveryState.WITHDRAWING:
            raise KeyboardInterrupt
        return move(ledger, delivery, now, hold, **changes)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Ledger, "update", die)
        world.take(NEXT)
    assert variance(world) is DeliveryState.PUBLISHED
    assert world.at("+1 07:50").take(NEXT).state == "waiting"
    assert variance(world) is DeliveryState.WITHDRAWING
    world.at("+1 08:20").take(NEXT)
    assert (variance(world), len(world.files("reset", NEXT))) == (DeliveryState.WITHDRAWN, 1)
    finished(world)
