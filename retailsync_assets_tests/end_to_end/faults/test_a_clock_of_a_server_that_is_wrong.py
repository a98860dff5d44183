import os

import pytest

from retailsync_assets_tests.end_to_end.nights.world import World

A_DAY = 86_400


@pytest.mark.parametrize("seconds", [-A_DAY, A_DAY], ids=["a day behind", "a day ahead"])
def test_the_time_of_a_file_decides_nothing_but_whether_it_stands_still(world: World, seconds: int) -> None:
    (file,) = world.inbox.glob("*.csv")
    found = file.stat()
    os.utime(file, (found.st_atime, found.st_mtime + seconds))
    assert world.play().state == "complete"
    assert world.stock()["F1", "A"] == 8
