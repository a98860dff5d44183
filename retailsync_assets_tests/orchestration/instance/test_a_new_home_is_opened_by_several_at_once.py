"""Dagster makes its tables when a home is first opened: whoever opens it meanwhile waits, and finds them whole."""

import multiprocessing
import os
from pathlib import Path

import dagster as dg

from retailsync_assets.config.home import Home
from retailsync_assets.orchestration.instance.dagster_home import prepare

AT_ONCE, HOMES = 4, 3


def runs_in(folder: str) -> int:
    """How many runs a home has, as a process finds that opens it now."""
    os.environ["DAGSTER_HOME"] = folder
    with dg.DagsterInstance.from_config(str(prepare(Home(Path(folder))))) as instance:
        return instance.get_runs_count()


def test_each_of_them_and_whoever_comes_later_finds_it_whole(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(AT_ONCE) as pool:
        for number in range(HOMES):
            home = str(tmp_path / f"home{number}")
            assert pool.map(runs_in, [home] * AT_ONCE, chunksize=1) == [0] * AT_ONCE
            assert pool.apply(runs_in, (home,)) == 0
