"""One wins and the other says who does; one that slept while it was overtaken touches nothing more."""

import os
import signal
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from retailsync_assets_tests.end_to_end.kills.evening import SITE
from retailsync_assets_tests.end_to_end.kills.ground import Ground, Program, Run
from retailsync_assets_tests.end_to_end.kills.night import differences, never

pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def ground(grounds: list[Ground]) -> Iterator[Ground]:
    grounds[0].restore()
    grounds[0].consumer.ask("begin")
    yield grounds[0]
    grounds[0].consumer.ask("end")


@pytest.fixture(scope="module")
def other(grounds: list[Ground]) -> Iterator[Program]:
    driver = grounds[0].another_driver()
    yield driver
    driver.end()


def to_the_end(ground: Ground) -> list[str]:
    """What is wrong in the morning."""
    for _ in range(6):
        ground.consumer.ask("sync")
        report = ground.run(never).report
        if report and report["state"] == "complete":
            break
    return differences(ground, ground.consumer.ask("sync"))


def run_with(ground: Ground, label: str, act: Callable[[], None]) -> Run:
    """A run; when it comes to this step for the first time, `act` happens, and then it goes on."""
    done: list[str] = []

    def at(number: int, now: str) -> None:
        if now == label and not done:
            done.append(label)
            act()

    run = ground.run(at)
    assert done, f"no step was {label}: {sorted(set(run.steps))}"
    return run


def test_the_second_says_who_owns_the_night_and_does_nothing(ground: Ground, other: Program) -> None:
    answers: list[tuple[int, dict[str, Any], list[str]]] = []

    def second() -> None:
        owner = ground.process
        run = ground.run(never, other)
        assert run.report is not None
        answers.append((owner, run.report, run.steps))
        ground.process = owner

    run_with(ground, "after commit take_over", second)
    ((owner, report, steps),) = answers
    assert report["state"] == "waiting"
    assert report["reasons"] == [f"another run of {SITE} is in progress: pid {owner}"]
    assert [step for step in steps if "lock" not in step] == []
    assert to_the_end(ground) == []


@pytest.mark.parametrize(
    "asleep",
    [
        "after commit take_over",
        "before remote open .staging wx",
        "after read-back .staging",
        "before remote rename .staging ResetInventory",
    ],
    ids=["before its manifest", "before it staged the file", "before its intent", "after its intent"],
)
def test_a_sleeper_is_fenced_off_by_who_took_over(ground: Ground, other: Program, asleep: str) -> None:
    def overtake() -> None:
        sleeper = ground.process
        os.kill(sleeper, signal.SIGSTOP)
        (ground.world.home.folder / "owners" / SITE).unlink()  # as on another machine: only the ledger is between them
        ground.run(never, other)
        os.kill(sleeper, signal.SIGCONT)
        ground.process = sleeper

    report = run_with(ground, asleep, overtake).report
    assert report is not None
    if report["state"] != "complete":
        assert "another run has taken this delivery over" in report["reasons"][0]
    assert to_the_end(ground) == []


@pytest.mark.parametrize("moment", ["after remote open .staging wx", "before remote rename .staging ResetInventory"])
def test_one_that_is_told_to_end_in_the_middle_is_gone_on_from(ground: Ground, moment: str) -> None:
    report = run_with(ground, moment, lambda: os.kill(ground.process, signal.SIGTERM)).report
    assert report is not None
    assert (report["state"], report["reasons"]) == ("failed", ["reset_delivery was told to end; the next run goes on"])
    assert to_the_end(ground) == []


@pytest.mark.parametrize("moment", ["after commit record_snapshot", "after commit record_materialization"])
def test_landed_bytes_that_flip_in_between_are_seen_and_fetched_anew(ground: Ground, moment: str) -> None:
    def flip() -> None:
        for file in ground.world.landing.glob("*.csv"):
            content = bytearray(file.read_bytes())
            content[-2] ^= 1
            file.write_bytes(content)

    report = run_with(ground, moment, flip).report
    assert report is not None
    if moment == "after commit record_snapshot":
        assert report["state"] == "waiting", report["reasons"]
        assert "are missing or changed" in report["reasons"][0]
    assert to_the_end(ground) == []
