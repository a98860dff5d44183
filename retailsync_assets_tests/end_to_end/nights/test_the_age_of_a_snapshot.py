from retailsync_assets_tests.end_to_end.nights.world import World


def test_one_older_than_a_day_is_refused(world: World) -> None:
    raw = world.raw()
    refused = world.at("+1 07:01").take()
    assert (refused.state, refused.exit_code, world.files("reset")) == ("held", 4, {})
    reason = f"refused: {raw.name}: its snapshot is of 2025-11-21T07:00:00Z, older than 24 hours"
    assert refused.lines == (reason,)


def test_one_of_exactly_a_day_is_taken(world: World) -> None:
    world.raw()
    assert world.at("+1 07:00").take().state == "waiting"
    assert len(world.files("reset")) == 1


def test_one_that_is_still_to_come_is_quarantined_with_its_bytes(world: World) -> None:
    raw = world.raw()
    quarantined = world.at("06:50").take()
    assert (quarantined.state, quarantined.exit_code, world.files("reset")) == ("held", 4, {})
    reason = f"quarantined: {raw.name}: its snapshot time 2025-11-21T07:00:00Z is in the future"
    assert quarantined.lines == (reason,)
    landed = [file.read_bytes() for file in world.landing.iterdir()]
    assert landed == [raw.read_bytes()]
