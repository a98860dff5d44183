"""Whoever works on a site owns it: another process is turned away, and another thread of the same process, too."""

import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from pathlib import Path
from threading import Barrier

import pytest

from retailsync_assets.config.home import Home
from retailsync_assets.errors import Waiting
from retailsync_assets.resources.locks import site_lock

AT_ONCE = 8
OWNED = "another run of demo is in progress: the first"


def owned_as(who: str, folder: Path) -> str:
    """What comes of it: whose the site is, or who has it."""
    try:
        with site_lock(Home(folder), "demo", who):
            return who
    except Waiting as turned_away:
        return str(turned_away)


def test_a_thread_of_the_same_process_is_turned_away(tmp_path: Path) -> None:
    with ThreadPoolExecutor() as threads, site_lock(Home(tmp_path), "demo", "the first"):
        assert threads.submit(owned_as, "the second", tmp_path).result().endswith(OWNED)


def test_a_process_is_turned_away(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(1) as pool, site_lock(Home(tmp_path), "demo", "the first"):
        assert pool.apply(owned_as, ("the second", tmp_path)).endswith(OWNED)


def test_of_many_threads_one_owns_it(tmp_path: Path) -> None:
    begin, end = Barrier(AT_ONCE), Barrier(AT_ONCE)

    def own(number: int) -> bool:
        begin.wait()
        try:
            with site_lock(Home(tmp_path), "demo", str(number)):
                end.wait()
        except Waiting:
            end.wait()
            return False
        return True

    with ThreadPoolExecutor(AT_ONCE) as threads:
        assert sorted(threads.map(own, range(AT_ONCE))) == [False] * (AT_ONCE - 1) + [True]


def test_its_owner_may_ask_again_and_keeps_it(tmp_path: Path) -> None:
    with site_lock(Home(tmp_path), "demo", "the first"):
        with site_lock(Home(tmp_path), "demo", "the same"):
            pass
        with ThreadPoolExecutor() as threads:
            assert threads.submit(owned_as, "the second", tmp_path).result().endswith(OWNED)


def test_two_sites_have_two_owners(tmp_path: Path) -> None:
    with ThreadPoolExecutor() as threads, site_lock(Home(tmp_path), "other", "the first"):
        assert threads.submit(owned_as, "the second", tmp_path).result() == "the second"


@pytest.mark.parametrize("way_out", [None, ZeroDivisionError])
def test_it_is_free_afterwards_however_the_work_ended(tmp_path: Path, way_out: type[Exception] | None) -> None:
    try:
        with site_lock(Home(tmp_path), "demo", "the first"):
            if way_out:
                raise way_out
    except ZeroDivisionError:
        pass
    assert owned_as("the second", tmp_path) == "the second"
    with ThreadPoolExecutor() as threads:
        assert threads.submit(owned_as, "a third", tmp_path).result() == "a third"


def test_a_thread_that_its_owner_starts_does_not_own_it(tmp_path: Path) -> None:
    """Nor where it is handed the owner's context variables, as `asyncio.to_thread` does."""
    with ThreadPoolExecutor() as threads, site_lock(Home(tmp_path), "demo", "the first"):
        assert threads.submit(copy_context().run, owned_as, "the second", tmp_path).result().endswith(OWNED)
