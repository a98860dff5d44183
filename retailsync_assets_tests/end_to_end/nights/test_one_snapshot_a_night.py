"""A night has one stock: whatever else comes under its date, or its bytes under another, a person has to look at."""

from datetime import timedelta

import pytest

from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.site_file import written
from retailsync_assets_tests.end_to_end.nights.world import World

DAY_AFTER, TWO_DAYS_AFTER = (NIGHT + timedelta(days=days) for days in (1, 2))


def test_two_raw_files_of_one_date_hold_the_night(world: World) -> None:
    world.raw(as_of="06:00")
    world.raw({("F1", "A"): 9}, as_of="07:00")
    held = world.take()
    assert (held.state, held.exit_code, world.files("reset")) == ("held", 4, {})
    assert held.lines[0].startswith("held: 2 raw files for 2025-11-21")
    assert "RetailPro_Inventory_1_20251121060000.csv, RetailPro_Inventory_1_20251121070000.csv" in held.lines[0]
    world.approve()
    world.take()
    assert world.delivered("reset")["F1", "A"] == 9


@pytest.mark.parametrize("as_of", ["07:00", "07:30"], ids=["under the same name", "newer"])
def test_a_new_snapshot_after_the_release_holds_the_night(world: World, as_of: str) -> None:
    world.raw()
    world.take()
    world.raw({("F1", "A"): 8}, as_of)
    held = world.at("08:00").take()
    assert (held.state, held.exit_code) == ("held", 4)
    assert held.lines[0].startswith("held: a new snapshot arrived ")
    world.approve()
    assert world.take().state == "waiting"
    assert [*world.delivered("reset").values()] == [10] * 6


@pytest.fixture(scope="module")
def finished(new_world: NewWorld) -> World:
    """A complete night."""
    world = new_world()
    world.raw()
    assert world.play().state == "complete"
    return world


def test_the_same_bytes_under_a_new_date_are_held(finished: World) -> None:
    again = finished.raw(as_of="+2 07:00")
    held = finished.at("+2 07:45").take(TWO_DAYS_AFTER)
    assert (held.state, held.exit_code, finished.files("reset", TWO_DAYS_AFTER)) == ("held", 4, {})
    reason = f"held: {again.name} has the same bytes as the raw file of 2025-11-21"
    assert held.lines == (reason,)


def test_the_same_moment_under_a_new_date_is_refused(finished: World) -> None:
    """A cut-off that was moved to 06:00 makes the stock of 07:00 that of the next day."""
    earlier = {**finished.settings, "schedule": {"cut_off": "06:00"}}
    site = written(finished.folder / "earlier.toml", {finished.name: earlier})[finished.name]
    finished.open(site, finished.home)
    finished.raw({("F1", "A"): 4})
    refused = finished.at("10:00").take(DAY_AFTER)
    assert (refused.state, refused.exit_code, finished.files("reset", DAY_AFTER)) == ("held", 4, {})
    assert "its snapshot is of 2025-11-21T07:00:00Z, not newer than what HotWax was sent last" in refused.lines[0]
    assert refused.lines[0].startswith("refused: ")
