"""HotWax's times are its database's own, perhaps in local time: an import can't begin before its file was published."""

from datetime import timedelta

import pytest

from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets.ledger.models import Delivery, DeliveryState
from retailsync_assets.sandbox.hotwax.data_manager import HotWax
from retailsync_assets_tests.end_to_end.nights.world import World


@pytest.fixture
def world(world: World) -> World:
    """The reset is out at 07:45; two units of A have left."""
    world.raw()
    world.orders.ship("F1", "-1 09:00")
    world.take()
    return world.at("08:00")


def imported_by_a_clock_that_is_off(world: World, minutes: float) -> None:
    hotwax, shop = world.settings["hotwax"], world.inbox.parent
    names = (hotwax["reset_folder"], hotwax["variance_folder"])
    off = HotWax(world.engine, shop.parent, lambda: world.clock.now() + timedelta(minutes=minutes), *names)
    off.poll()
    off.process()


@pytest.mark.parametrize("hours", [-5, 5], ids=["behind", "ahead"])
def test_hours_apart_they_hold_the_night_and_are_both_named(world: World, hours: int) -> None:
    imported_by_a_clock_that_is_off(world, 60 * hours)
    held = world.take()
    assert (held.exit_code, len(held.lines)) == (4, 1)
    theirs, ours = ("03:00:00Z", "07:45:00Z") if hours < 0 else ("13:00:00Z", "08:00:00Z")
    assert theirs in held.lines[0]
    assert ours in held.lines[0]
    assert (world.at("09:30").take().exit_code, world.files("variance")) == (4, {})


def test_a_person_may_take_the_times_as_they_stand(world: World) -> None:
    imported_by_a_clock_that_is_off(world, -300)
    world.take()
    world.approve()
    world.at("09:30").take()
    assert len(world.lake("applied_reset")) == 6


@pytest.mark.parametrize("minutes", [-19, 4])
def test_minutes_apart_they_agree_well_enough(world: World, minutes: int) -> None:
    imported_by_a_clock_that_is_off(world, minutes)
    assert world.take().exit_code == 3
    world.at("09:10").take()
    world.import_files()
    assert (world.take().exit_code, world.stock()["F1", "A"]) == (0, 8)


def test_a_log_that_is_older_than_the_file_is_none_of_it(world: World) -> None:
    world.import_files()
    older = "UPDATE DATA_MANAGER_LOG SET START_DATE_TIME = :at, FINISH_DATE_TIME = :at"
    world.execute(older, at="2025-11-20 08:00:00.000000")
    held = world.take()
    assert held.exit_code == 4
    assert "before it was published at 2025-11-21T07:45:00Z" in held.lines[0]


def test_who_died_between_the_rename_and_its_record_published_it_all_the_same(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.import_files()
    world.take()
    enter = Ledger.update

    def die(ledger: Ledger, delivery: Delivery, *args: object, **changes: object) -> Delivery:
        if changes.get("state") is DeliveryState.PUBLISHED:
            raise KeyboardInterrupt
        return enter(ledger, delivery, *args, **changes)  # pyright: ignore[reportArgumentType]

    world.at("09:00")
    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "update", die)
        world.take()
    world.at("09:05").import_files()
    world.at("09:40")
    assert (world.take().exit_code, world.stock()["F1", "A"]) == (0, 8)
