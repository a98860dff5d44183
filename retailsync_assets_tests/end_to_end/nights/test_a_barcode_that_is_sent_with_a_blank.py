from retailsync_assets_tests.end_to_end.nights.world import World


def test_the_row_that_hotwax_fails_for_it_is_known_again(world: World) -> None:
    world.execute("UPDATE GOOD_IDENTIFICATION SET ID_VALUE = '012345678905 ' WHERE ID_VALUE = '012345678905'")
    world.raw()
    world.orders.ship("F1", "-1 09:00")
    world.orders.ship("F1", "-1 09:00", "B")
    world.take()
    world.at("08:00").import_files()  # HotWax reads ids without blanks, and finds none that has one
    world.at("09:00").take()
    failed = {(row["facility_id"], row["upca"]) for row in world.lake("applied_reset") if not row["applied"]}
    assert failed == {("F1", "012345678905 "), ("F2", "012345678905 ")}
    assert world.delivered("variance") == {("F1", "B"): -2}
    world.import_files()
    assert world.take().state == "complete"
