import pytest

from retailsync_assets.errors import SetupError
from retailsync_assets.orchestration.execution.replay import Difference, Replay, replay
from retailsync_assets.resources.lake import Lake
from retailsync_assets_tests.config.sample import merged
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.world import World
from retailsync_assets_tests.orchestration.execution.conftest import lasting


def replayed(world: World, **changes: object) -> Replay:
    """`retailsync run --replay`, two days later; with other settings than the night had."""
    world.at("+2 09:00")
    site = world.resources.site
    changed = type(site).model_validate(merged(site.model_dump(), changes), context={"folder": world.folder})
    return replay(changed, world.home, NIGHT, world.clock)


@pytest.fixture(scope="module")
def night(new_world: NewWorld) -> World:
    """Complete: quantities below zero, a key that the raw file lacks, two lines to deduct; a reset in two files."""
    world = new_world(hotwax={"max_rows_per_file": 3})
    world.raw({("F1", "A"): 12, ("F1", "B"): -3, ("F2", "C"): None})
    for facility in ("F1", "F2"):
        world.orders.ship(facility, "-1 09:00")
    assert world.play().state == "complete"
    return world


def test_byte_for_byte_and_nothing_is_touched(night: World) -> None:
    before = lasting(night)
    found = replayed(night)
    assert [(each.delivery, each.equal, each.differences) for each in found.deliveries] == [
        (name, True, ()) for kind in ("reset", "variance") for name in night.files(kind)
    ]
    assert [each.rows for each in found.deliveries] == [3, 2, 2]
    assert found.equal
    assert lasting(night) == before


def test_another_setting_shows_in_the_rows_it_changes(night: World) -> None:
    found = replayed(night, variance={"floor_at_zero": False})
    assert not found.equal
    assert [each.equal for each in found.deliveries] == [False, True, True]
    (difference,) = found.deliveries[0].differences
    assert (difference.facility_id, difference.id_value) == ("F1", "885909950805")
    assert [text and text.split(",")[4] for text in (difference.delivered, difference.replayed)] == ["0", "-3"]


def test_a_row_of_one_side_only_is_told_too(night: World) -> None:
    found = replayed(night, product_store="STORE", hotwax={"max_rows_per_file": 2})
    assert [len(each.differences) for each in found.deliveries] == [1, 2, 1, 0]
    (gone,) = found.deliveries[0].differences
    assert gone == Difference(gone.facility_id, gone.id_value, gone.delivered, None)
    assert found.deliveries[2].delivery == "a part 3 that was not delivered"


def test_without_what_was_kept_it_says_what_is_missing(night: World) -> None:
    lake = Lake(night.home, night.name)
    kept = lake.file("active_products", NIGHT)
    kept.rename(kept.with_name("away"))
    with pytest.raises(SetupError, match="the lake has no active_products of 2025-11-21"):
        replayed(night)
    kept.with_name("away").rename(kept)
    (landed,) = night.landing.glob("*.csv")
    content = landed.read_bytes()
    landed.write_bytes(content.replace(b"12", b"13"))
    with pytest.raises(SetupError, match="is missing or changed in landing"):
        replayed(night)
    landed.write_bytes(content)
    assert replayed(night).equal


def test_a_night_that_delivered_nothing_has_nothing_to_compare_with(world: World) -> None:
    with pytest.raises(
        SetupError,
        match=r"no reset was delivered for .*; to list delivered dates: retailsync query .* FROM reset_delivery\"$",
    ):
        replayed(world)


def test_two_variances_of_one_night_are_compared_together(new_world: NewWorld) -> None:
    world = new_world(variance={"release": "with_reset"})
    world.raw()
    world.orders.ship("F1", "-1 09:00")
    world.take()
    world.orders.ship("F1", "07:50", sku="B")
    assert world.play().state == "complete"
    assert len(world.files("variance")) == 2
    found = replayed(world)
    assert [(each.equal, each.rows) for each in found.deliveries] == [(True, 6), (True, 2)]
    assert found.deliveries[1].delivery == "2 variances together"


def test_a_night_without_a_variance_still_has_none(world: World) -> None:
    world.raw()
    assert world.play().state == "complete"
    found = replayed(world)
    assert [(each.equal, each.rows) for each in found.deliveries] == [(True, 6), (True, 0)]
