"""`kill -9`, or a machine that goes down: Dagster's books have such a run as started for ever."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
import pytest

from retailsync_assets.config.home import Home
from retailsync_assets.orchestration.run_queue import BY_HAND_TAG, NIGHT_TAG, SITE_TAG
from retailsync_assets.resources.locks import is_dead
from retailsync_assets_tests.end_to_end.clocked import gates_taken_out as gates
from retailsync_assets_tests.end_to_end.clocked.clicks import file_is_there
from retailsync_assets_tests.end_to_end.clocked.conftest import NewNight
from retailsync_assets_tests.end_to_end.clocked.played_night import Ending, Night

RUN = """
import sys, time
from pathlib import Path
from retailsync_assets.config.home import Home
from retailsync_assets.resources.locks import run_lock
with run_lock(Home(Path(sys.argv[1])), sys.argv[2]):
    print("at work", flush=True)
    sys.stdin.read()
"""


@contextmanager
def at_work(home: Home, run_id: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A process that works on that run, until it is killed or its input ends."""
    command = [sys.executable, "-c", RUN, str(home.folder), run_id]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"at work\n"
        yield process


def test_a_run_is_dead_when_its_process_was_killed_and_only_then(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with at_work(home, "killed") as killed, at_work(home, "ended") as ended:
        assert [is_dead(home, run) for run in ("killed", "ended", "unknown")] == [False, False, False]
        killed.kill()
        ended.communicate()
    assert [is_dead(home, run) for run in ("killed", "ended", "unknown")] == [True, False, False]
    assert signs(home) == ["killed"]


def killed(night: Night) -> dg.DagsterRun:
    """`retailsync run`, killed in the middle of the reset's job."""
    file_is_there(night)
    site = night.world.resources.site.name
    run = night.daemon.instance.create_run_for_job(
        night.daemon.repository.get_job(f"{site}_reset_job"),
        tags={SITE_TAG: site, BY_HAND_TAG: "true", NIGHT_TAG: str(night.on)},
        status=dg.DagsterRunStatus.STARTED,
    )
    with at_work(night.world.home, run.run_id) as process:
        process.kill()
    return run


def test_the_night_goes_on_and_a_person_hears_of_it(new_night: NewNight) -> None:
    night = new_night()
    run = killed(night)
    night.events.clear()
    found = night.play("01:30", "03:05")
    told = (f"reset_delivery: run {run.run_id[:8]} (reset) was killed, or its machine went down",)
    Ending("complete", ("01:30",), ("02:45",), sent=7, stock=5, told=told).check(found)
    after = night.daemon.instance.get_run_by_id(run.run_id)
    assert after is not None
    assert after.status is dg.DagsterRunStatus.FAILURE
    assert not is_dead(night.world.home, run.run_id)


def test_without_its_sign_of_life_the_night_would_wait(new_night: NewNight, monkeypatch: pytest.MonkeyPatch) -> None:
    gates.the_sign_of_life(monkeypatch)
    night = new_night()
    killed(night)
    night.events.clear()
    assert night.play("01:30", "01:50").resets == ()


def test_a_run_gives_a_sign_of_life_for_as_long_as_it_works(
    new_night: NewNight, monkeypatch: pytest.MonkeyPatch
) -> None:
    night = new_night()
    file_is_there(night)
    resources, seen = night.world.resources, list[list[str]]()
    asked = resources.oms.rows
    monkeypatch.setattr(
        resources.oms, "rows", lambda *name, **values: seen.append(signs(resources.home)) or asked(*name, **values)
    )
    result = night.daemon.materialize(str(night.on), "active_products")
    assert set(map(tuple, seen)) == {(result.run_id,)}
    assert signs(resources.home) == []


def signs(home: Home) -> list[str]:
    return [sign.name for sign in home.folder_for("running").iterdir()]
