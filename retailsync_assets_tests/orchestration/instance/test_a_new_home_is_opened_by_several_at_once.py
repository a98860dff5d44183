import multiprocessing
from pathlib import Path

from retailsync_assets.orchestration.instance.storage import Storage

AT_ONCE, HOMES = 4, 3


def runs_in(folder: str) -> int:
    """How many runs a home has, as a process finds that opens it now."""
    storage = Storage(folder)
    try:
        return storage.run_storage.get_runs_count()
    finally:
        storage.dispose()


def test_each_of_them_and_whoever_comes_later_finds_it_whole(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(AT_ONCE) as pool:
        for number in range(HOMES):
            home = str(tmp_path / f"home{number}")
            assert pool.map(runs_in, [home] * AT_ONCE, chunksize=1) == [0] * AT_ONCE
            assert runs_in(home) == 0
