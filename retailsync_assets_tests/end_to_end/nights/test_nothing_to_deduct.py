from retailsync_assets_tests.end_to_end.nights.world import World


def test_there_is_no_variance_file_and_the_night_says_so(world: World) -> None:
    world.raw()
    world.take()
    world.at("08:00").import_files()
    report = world.at("09:00").take()
    assert (report.state, report.exit_code, world.files("variance")) == ("complete", 0, {})
    stage = next(stage for stage in report.stages if stage.asset == "variance_delivery")
    assert (stage.state, stage.rows, stage.file) == ("done", 0, None)
    assert stage.detail.startswith("0 rows")
