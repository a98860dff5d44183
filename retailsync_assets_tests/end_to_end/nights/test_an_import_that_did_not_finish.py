from retailsync_assets_tests.end_to_end.nights.world import World

ENDINGS = ("SERVICE_FAILED", "SERVICE_CANCELLED", "SERVICE_CRASHED")


def test_a_reset_holds_the_night_until_a_person_has_it_sent_anew(world: World) -> None:
    world.raw()
    world.orders.ship("F1", "-1 09:00")
    world.take()
    for seq, status in enumerate(ENDINGS, start=1):
        world.import_ends(status)
        held = world.at("09:30").take()
        assert (held.state, held.exit_code) == ("held", 4)
        assert f"ended the import of ResetInventory_{world.name}_2025-11-21_{seq}_" in held.lines[0]
        assert status in held.lines[0]
        assert len(world.files("reset")) == seq
        world.approve()
        assert world.take().state == "waiting"
        assert len(world.files("reset")) == seq + 1
    contents = {str(rows) for rows in world.files("reset").values()}
    assert len(contents) == 1
    world.import_files()
    world.at("10:30").take()
    world.import_files()
    assert world.take().state == "complete"
    assert world.stock()["F1", "A"] == 8


def test_a_variance_holds_the_night_until_a_person_has_it_sent_anew(world: World) -> None:
    world.raw()
    world.orders.ship("F1", "-1 09:00")
    world.take()
    world.at("08:00").import_files()
    world.at("09:00").take()
    world.import_ends("SERVICE_CRASHED")
    held = world.take()
    assert (held.state, held.exit_code, len(world.files("variance"))) == ("held", 4, 1)
    world.approve()
    world.take()
    first, second = world.files("variance").items()
    assert second == (first[0].replace("2025-11-21_1_for", "2025-11-21_2_for"), first[1])
    world.import_files()
    assert world.take().state == "complete"
    assert world.stock()["F1", "A"] == 8
