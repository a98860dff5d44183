from retailsync_assets.sandbox.hotwax.rows import stored
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld

END = (
    "UPDATE DATA_MANAGER_LOG SET STATUS_ID = :status, FINISH_DATE_TIME = :now"
    " WHERE LOG_ID = (SELECT {which}(LOG_ID) FROM DATA_MANAGER_LOG)"
)


def test_it_waits_for_every_part_of_the_one_before(new_world: NewWorld) -> None:
    world = new_world(hotwax={"max_rows_per_file": 3})
    world.raw()
    world.orders.ship("F1", "-1 09:00")
    world.take()
    world.at("07:50").poll()
    world.execute(END.format(which="max"), status="SERVICE_FAILED", now=stored(world.clock.moment))
    world.execute(END.format(which="min"), status="SERVICE_PENDING", now=None)
    assert world.take().state == "held"
    world.approve()
    waiting = world.take()
    assert (waiting.state, len(world.files("reset"))) == ("waiting", 2)
    assert "_p01.csv" in waiting.lines[0]
    world.execute(END.format(which="min"), status="SERVICE_QUEUED", now=None)
    world.at("08:00").process()
    world.take()
    assert len(world.files("reset")) == 4
    assert world.at("08:30").play().state == "complete"
    assert world.stock()["F1", "A"] == 8
