"""`with_reset`: HotWax's two imports overlap as they like; at each SKU-location the one that came last stands."""

import pytest

from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.imports import import_by_row
from retailsync_assets_tests.end_to_end.nights.world import World

KEYS = [("F1", "A"), ("F2", "A")]
RESET_CHANGES, RESET_FINDS_IT_SO, VARIANCE_MAKES_IT_SO = 10, 12, 14
"""Units before two left: the reset of ten changes what is left, finds it so, or finds it so after the variance."""


def world_of(new_world: NewWorld, units: int, rows_per_file: int = 100) -> World:
    """Two units of A have left each of two stores, and Retail Pro knows of none; both files lie in their folders."""
    world = new_world(
        shelves=dict.fromkeys(KEYS, units),
        variance={"release": "with_reset"},
        hotwax={"max_rows_per_file": rows_per_file},
    )
    world.raw()
    for facility, _ in KEYS:
        world.orders.ship(facility, "-1 09:00")
    world.take()
    return world.at("08:00")


def ends(world: World) -> list[float]:
    """The night goes on to its end; HotWax's units then."""
    world.take()
    world.import_files("variance")
    assert world.take().state == "complete"
    return [world.stock()[key] for key in KEYS]


def second_file(world: World) -> list[str]:
    return [row["facilityId"] for rows in list(world.files("variance").values())[1:] for row in rows]


@pytest.mark.parametrize("units", [RESET_CHANGES, RESET_FINDS_IT_SO, VARIANCE_MAKES_IT_SO])
def test_between_two_parts_of_the_reset(new_world: NewWorld, units: int) -> None:
    world = world_of(new_world, units, rows_per_file=3)
    import_by_row(world, "reset", {4: lambda: world.import_files("variance")})
    assert ends(world) == [8, 8]
    assert second_file(world) == ["F2"]


@pytest.mark.parametrize("units", [RESET_CHANGES, RESET_FINDS_IT_SO, VARIANCE_MAKES_IT_SO])
def test_between_two_rows_of_one_reset(new_world: NewWorld, units: int) -> None:
    world = world_of(new_world, units)
    import_by_row(world, "reset", {3: lambda: world.import_files("variance")})
    assert ends(world) == [8, 8]
    assert second_file(world) == ["F2"]


@pytest.mark.parametrize("units", [RESET_CHANGES, RESET_FINDS_IT_SO, VARIANCE_MAKES_IT_SO])
def test_around_the_whole_reset(new_world: NewWorld, units: int) -> None:
    world = world_of(new_world, units)
    import_by_row(world, "variance", {1: lambda: world.import_files("reset")})
    assert ends(world) == [8, 8]
    assert second_file(world) == ["F1"]


def test_that_hotwax_still_imports_when_the_reset_is_done_is_waited_for(new_world: NewWorld) -> None:
    world = world_of(new_world, RESET_CHANGES)
    seen = list[tuple[str, int]]()

    def look() -> None:
        world.import_files("reset")
        seen.append((world.take().state, len(world.files("variance"))))

    import_by_row(world, "variance", {1: look})
    assert seen == [("waiting", 1)]
    assert ends(world) == [8, 8]


def test_all_in_one_moment_the_order_of_the_rows_tells(new_world: NewWorld) -> None:
    world = world_of(new_world, RESET_CHANGES)
    world.import_files("reset")
    world.import_files("variance")
    assert ends(world) == [8, 8]
    assert second_file(world) == []
