"""HotWax runs the import of a reset once more after it had applied it: the last time at which a key was set counts."""

from retailsync_assets_tests.end_to_end.nights.imports import last_log, queue_pending
from retailsync_assets_tests.end_to_end.nights.world import World


def applied(world: World) -> World:
    """Two units had left before the snapshot; HotWax's evidence of the reset was entered at 08:00."""
    world.raw()
    world.orders.ship("F1", "-1 09:00")
    world.take()
    world.at("08:00").import_files()
    world.take()
    return world


def test_the_same_log_is_waited_for(world: World) -> None:
    applied(world).import_jobs["reset"].restart(last_log(world))
    world.at("08:30").take()
    assert world.at("09:00").take().state == "waiting"
    queue_pending(world)
    world.at("09:10").process()
    world.at("10:10").take()
    world.import_files()
    assert (world.take().state, world.stock()["F1", "A"]) == ("complete", 8)


def test_a_new_log_that_is_approved_is_waited_for(world: World) -> None:
    applied(world).import_jobs["reset"].restart_as_new(last_log(world))
    assert world.at("08:30").take().state == "held"
    world.approve()
    assert world.at("09:00").take().state == "waiting"
    world.at("09:05").process()
    world.take()
    world.at("10:05").take()
    world.import_files()
    assert (world.take().state, world.stock()["F1", "A"]) == ("complete", 8)


def test_what_left_before_the_second_time_is_deducted(world: World) -> None:
    applied(world).at("08:15").orders.ship("F1", "08:15", "B", 3)
    world.import_jobs["reset"].restart_as_new(last_log(world))
    world.at("08:30").process()
    assert world.at("08:31").take().state == "held"
    world.approve()
    world.at("09:31").take()
    world.import_files()
    assert world.take().state == "complete"
    assert (world.stock()["F1", "A"], world.stock()["F1", "B"]) == (8, 7)
