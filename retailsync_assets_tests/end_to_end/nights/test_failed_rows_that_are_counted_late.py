"""HotWax's log may say that an import has finished before it says how many of its rows failed, or never say that."""

import pytest

from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.world import World

HIDE = "UPDATE DATA_MANAGER_LOG SET FAILED_RECORD_COUNT = NULL WHERE FAILED_RECORD_COUNT = :count"
SHOW = "UPDATE DATA_MANAGER_LOG SET FAILED_RECORD_COUNT = :count WHERE FAILED_RECORD_COUNT IS NULL"
KIND = "UPDATE DATA_MANAGER_CONTENT SET LOG_CONTENT_TYPE_ENUM_ID = :to WHERE LOG_CONTENT_TYPE_ENUM_ID = :kind"
HIDE_FILE, SHOW_FILE = {"kind": "DmcntError", "to": "DmcntLater"}, {"kind": "DmcntLater", "to": "DmcntError"}


def world_of(new_world: NewWorld, release: str, kind: str) -> World:
    """Two units of A have left each of two stores; HotWax fails the rows of F2 in the file of that kind."""
    world = new_world(variance={"release": release})
    world.raw()
    for facility in ("F1", "F2"):
        world.orders.ship(facility, "-1 09:00")
    world.take()
    world.at("08:00")
    if kind == "variance":
        world.import_files()
        world.at("09:00").take()
    with world.unknown_to_hotwax("F2"):
        world.import_files(kind)
    world.execute(HIDE, count=3 if kind == "reset" else 1)
    world.execute(KIND, **HIDE_FILE)
    return world


def ends(world: World) -> dict[str, float]:
    world.at("10:00").take()
    world.import_files()
    assert world.take().state == "complete"
    return {facility: world.stock()[facility, "A"] for facility in ("F1", "F2")}


@pytest.mark.parametrize("release", ["after_reset", "with_reset"])
@pytest.mark.parametrize("counted_at", ["08:01", "08:30"], ids=["within two minutes", "later, before the variance"])
def test_of_a_reset_they_are_left_out_of_the_variance(new_world: NewWorld, release: str, counted_at: str) -> None:
    world = world_of(new_world, release, "reset")
    assert world.take().exit_code == 3
    assert world.lake("applied_reset") == []
    world.at(counted_at).take()
    world.execute(SHOW, count=3)
    world.execute(KIND, **SHOW_FILE)
    assert ends(world) == {"F1": 8, "F2": 8}
    assert sum(not row["applied"] for row in world.lake("applied_reset")) == 3


def test_of_a_variance_they_hold_the_night(new_world: NewWorld) -> None:
    world = world_of(new_world, "after_reset", "variance")
    assert world.take().exit_code == 3
    world.execute(SHOW, count=1)
    world.execute(KIND, **SHOW_FILE)
    held = world.at("09:01").take()
    assert (held.exit_code, held.lines[0].startswith("held: HotWax did not apply 1 row of")) == (4, True)
    world.approve()
    assert ends(world) == {"F1": 8, "F2": 8}


def test_none_that_are_ever_counted_means_none_failed(new_world: NewWorld) -> None:
    world = new_world()
    world.raw()
    world.orders.ship("F1", "-1 09:00")
    world.take()
    world.at("08:00").import_files()
    world.execute(HIDE, count=0)
    assert world.at("08:01").take().exit_code == 3
    assert world.lake("applied_reset") == []
    assert world.at("08:02").take().exit_code == 3
    assert len(world.lake("applied_reset")) == 6
    world.at("09:00").take()
    world.import_files()
    world.execute(HIDE, count=0)
    assert (world.at("09:01").take().exit_code, world.at("09:02").take().exit_code) == (3, 0)
    assert world.stock()["F1", "A"] == 8


def test_those_that_are_named_and_never_counted_failed(new_world: NewWorld) -> None:
    world = world_of(new_world, "after_reset", "reset")
    world.execute(KIND, **SHOW_FILE)
    assert world.take().exit_code == 3
    assert ends(world) == {"F1": 8, "F2": 8}
    assert sum(not row["applied"] for row in world.lake("applied_reset")) == 3
