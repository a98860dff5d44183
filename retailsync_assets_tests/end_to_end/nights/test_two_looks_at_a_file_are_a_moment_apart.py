import pytest

from retailsync_assets.raw_file import inbox
from retailsync_assets.raw_file.inbox import InboxWatcher, wait_until_stable
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.world import World


class Watch:
    """A watch that goes on by sleeping, and by `seconds`."""

    def __init__(self) -> None:
        self.seconds, self.slept = 100.0, list[float]()

    def monotonic(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    watch = Watch()
    monkeypatch.setattr(inbox, "time", watch)
    return watch


@pytest.fixture
def world(new_world: NewWorld) -> World:
    world = new_world()
    world.raw()
    return world


def test_a_second_is_slept_if_nothing_else_is_to_be_done(world: World, watch: Watch) -> None:
    wait_until_stable(world.resources, NIGHT)
    assert watch.slept == [1.0]
    assert not InboxWatcher(world.resources, NIGHT).is_restless()


def test_what_a_run_took_meanwhile_is_not_slept_again(world: World, watch: Watch) -> None:
    inbox = InboxWatcher(world.resources, NIGHT)
    inbox.look()
    watch.seconds += 0.75
    inbox.look()
    assert watch.slept == [0.25]


def test_what_another_saw_a_moment_ago_is_looked_at_a_second_later(world: World, watch: Watch) -> None:
    InboxWatcher(world.resources, NIGHT).look()
    InboxWatcher(world.resources, NIGHT).look()
    assert watch.slept == [1.0]


def test_where_no_file_is_nobody_sleeps(new_world: NewWorld, watch: Watch) -> None:
    wait_until_stable(new_world().resources, NIGHT)
    assert watch.slept == []


def test_one_that_grows_is_still_arriving(world: World, watch: Watch) -> None:
    inbox = InboxWatcher(world.resources, NIGHT)
    inbox.look()
    world.raw({("F1", "A"): 1_000})
    inbox.look()
    assert inbox.is_restless()
