from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld


def test_it_is_held_until_a_person_approves(new_world: NewWorld) -> None:
    world = new_world(limits={"first_night": None})
    world.raw()
    held = world.take()
    assert (held.state, held.exit_code, world.files("reset")) == ("held", 4, {})
    assert held.lines == ("held: there is no earlier run to compare with",)
    assert world.at("07:50").take().state == "held"
    world.approve()
    assert world.at("07:55").take().state == "waiting"
    assert len(world.files("reset")) == 1
    (approved,) = world.resources.ledger.night_state(NIGHT).holds
    assert (approved.approved_by, approved.approval) == ("a person", "it is right as it is")
