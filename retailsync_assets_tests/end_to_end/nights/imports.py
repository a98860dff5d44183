"""How HotWax's imports may go in a test: row by row among one another, crashed and restarted, counted late."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import text

from retailsync_assets_tests.end_to_end.nights.world import World

A_MOMENT = timedelta(seconds=10)


def import_by_row(world: World, kind: str, after: dict[int, Callable[[], None]]) -> None:
    """HotWax imports the files of a kind, ten seconds a row; after so many rows of them something else happens."""
    count = 0

    def next_row() -> None:
        nonlocal count
        count += 1
        world.clock.moment += A_MOMENT
        after.get(count, lambda: None)()
        world.clock.moment += A_MOMENT

    world.poll(kind)
    world.import_jobs[kind].process(next_row)


def last_log(world: World) -> str:
    """The id of HotWax's youngest log."""
    with world.engine.connect() as connection:
        found: str = connection.execute(text("SELECT MAX(LOG_ID) FROM DATA_MANAGER_LOG")).scalar_one()
    return found


def restart(world: World, *, in_place: bool) -> None:
    """HotWax queues its youngest import, which had crashed, once more; it does not run yet."""
    job = world.import_jobs["reset"]
    log = last_log(world)
    if in_place:
        job.restart(log)
    else:
        job.restart_as_new(log)


def run_restarted(world: World) -> None:
    """What was restarted runs."""
    pending = "UPDATE DATA_MANAGER_LOG SET STATUS_ID = 'SERVICE_QUEUED' WHERE STATUS_ID IN (:one, :other)"
    world.execute(pending, one="SERVICE_PENDING", other="SERVICE_QUEUED")
    world.process()


def queue_pending(world: World) -> None:
    """HotWax's next run of its jobs takes what it had put back."""
    world.execute("UPDATE DATA_MANAGER_LOG SET STATUS_ID = 'SERVICE_QUEUED' WHERE STATUS_ID = 'SERVICE_PENDING'")
