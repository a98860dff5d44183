import pytest

from retailsync_assets_tests.end_to_end.nights.world import World


@pytest.mark.parametrize("jump", ["06:45", "08:45"], ids=["an hour back", "an hour forth"])
def test_after_the_reset_is_out_it_changes_nothing(world: World, jump: str) -> None:
    world.at("07:45").take()
    first = world.files("reset")
    assert world.at(jump).take().state == "waiting"
    assert world.files("reset") == first
    world.at("08:00").import_files()
    held = world.at("07:05").take()
    assert (held.state, world.files("variance")) == ("held", {})
    assert "ended at 2025-11-21T08:00:00Z by its clock, and it is" in held.lines[0]
    world.at("08:59").approve()
    assert (world.take().state, world.files("variance")) == ("waiting", {}), "an hour has to be over since HotWax ended"
    world.at("09:00").take()
    world.import_files()
    assert world.at(jump).take().state == "complete"
    assert [len(world.files(kind)) for kind in ("reset", "variance")] == [1, 1]
    assert world.stock()["F1", "A"] == 8


def test_a_file_from_the_future_of_a_slow_clock_is_quarantined_and_says_why(world: World) -> None:
    report = world.at("06:30").take()
    assert (report.state, report.exit_code, world.files("reset")) == ("held", 4, {})
    assert report.lines[0].endswith("its snapshot time 2025-11-21T07:00:00Z is in the future")
