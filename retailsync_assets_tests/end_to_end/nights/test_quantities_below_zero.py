import pytest

from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.world import Key

A, B, C = ("F1", "A"), ("F1", "B"), ("F1", "C")


@pytest.mark.parametrize(
    ("floor", "reset", "variance"),
    [
        (True, {A: 0, B: 1, C: 0}, {B: -1}),
        (False, {A: -2, B: 1, C: -1}, {B: -2, C: -2}),
    ],
)
def test_the_floor_of_the_reset_is_the_floor_of_the_variance(
    new_world: NewWorld, floor: bool, reset: dict[Key, float], variance: dict[Key, float]
) -> None:
    world = new_world(variance={"floor_at_zero": floor})
    world.raw({A: -2, B: 1, C: -1})
    world.orders.ship("F1", "-1 09:00", "B")
    world.orders.ship("F1", "-1 10:00", "C")
    world.take()
    delivered = world.delivered("reset")
    assert {key: delivered[key] for key in reset} == reset
    world.at("08:00").import_files()
    world.at("09:00").take()
    assert world.delivered("variance") == variance
