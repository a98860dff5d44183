from itertools import chain

import pytest

from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.world import World

LAST = "(SELECT MAX(LOG_ID) FROM (SELECT LOG_ID FROM DATA_MANAGER_LOG) AS logs)"


@pytest.fixture(scope="module")
def world(new_world: NewWorld) -> World:
    """Seven rows in files of three; HotWax has imported two of the files at 08:00 and has queued the third."""
    world = new_world(skus=("A", "B", "C", "LACE-BLK"), hotwax={"max_rows_per_file": 3})
    world.raw({("F2", "LACE-BLK"): None})
    world.orders.ship("F2", "-1 09:00", "C")
    world.take()
    world.at("08:00").poll()
    world.execute(f"UPDATE DATA_MANAGER_LOG SET STATUS_ID = 'SERVICE_PENDING' WHERE LOG_ID = {LAST}")
    world.process()
    return world


def test_the_rows_are_cut_in_their_order(world: World) -> None:
    files = world.files("reset")
    names = [name.removesuffix(".csv")[-4:] for name in files]
    assert names == ["_p01", "_p02", "_p03"]
    assert len({name.rpartition("_p")[0] for name in files}) == 1
    cut = [[(row["facilityId"], row["idValue"]) for row in rows] for rows in files.values()]
    assert [len(part) for part in cut] == [3, 3, 1]
    assert [*chain(*cut)] == sorted(chain(*cut))


def test_the_variance_waits_an_hour_after_the_last_one(world: World) -> None:
    third = list(world.files("reset"))[2]
    waiting = world.at("09:30").take()
    assert (waiting.exit_code, len(waiting.lines)) == (3, 1)
    assert waiting.lines[0].startswith(f"HotWax has not imported {third} yet")
    world.execute("UPDATE DATA_MANAGER_LOG SET STATUS_ID = 'SERVICE_QUEUED' WHERE STATUS_ID = 'SERVICE_PENDING'")
    world.at("09:40").process()
    resting = world.at("10:39").take()
    assert resting.lines == ("waiting period between reset and variance, until 2025-11-21T10:40:00Z",)
    assert world.files("variance") == {}
    world.at("10:40").take()
    assert world.delivered("variance") == {("F2", "C"): -2}
    (variance,) = world.files("variance")
    assert variance.rpartition("_for_")[2].removesuffix(".csv") == third.split("_")[-2]
