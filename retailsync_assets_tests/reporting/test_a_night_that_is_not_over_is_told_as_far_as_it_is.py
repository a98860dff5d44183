from retailsync_assets.reporting.figures import collect
from retailsync_assets.reporting.page import render
from retailsync_assets.resources.lake import Lake
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.world import World


def told(world: World) -> str:
    return render(collect(world.resources, Lake(world.home, world.name), NIGHT))


def test_before_anything_has_come(new_world: NewWorld) -> None:
    page = told(new_world())
    assert "waiting" in page
    assert "There is no reset yet." in page
    assert page.count("not yet") >= 8


def test_a_held_night_with_its_reason_and_then_who_released_it(new_world: NewWorld) -> None:
    world = new_world(limits={"first_night": None})
    world.raw()
    assert world.take().state == "held"
    assert "<strong>held: there is no earlier run to compare with</strong>" in told(world)
    world.approve()
    assert "by a person, “it is right as it is”" in told(world)
    assert "This is the first run" in told(world)
