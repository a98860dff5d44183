"""A sample of what `make soak` plays a thousand times; see docs/reliability.md."""

from random import Random

import pytest

from retailsync_assets_tests.end_to_end.kills.ground import Ground
from retailsync_assets_tests.end_to_end.kills.night import Played, play
from retailsync_assets_tests.end_to_end.kills.plans import Plan, When, one_of_each, play_all, some_pairs

pytestmark = pytest.mark.timeout(900)
CHANCE = Random(20251121)
RENAME = "remote rename .staging"
IN_RECOVERY: list[Plan] = [
    (When("before remote rename .staging ResetInventory", 2), When(f"{moment} {RENAME} {folder}", 1))
    for folder in (".staging", "ResetInventory")
    for moment in ("before", "after")
]
"""Killed with the intent entered and nothing renamed; and once more where that is put right."""


@pytest.fixture(scope="module")
def undisturbed(grounds: list[Ground]) -> Played:
    """A night that nobody kills, and its steps."""
    first, *others = [play(ground) for ground in grounds]
    assert others == [first] * len(others)
    return first


def assert_all_right(played: list[tuple[Plan, Played]]) -> None:
    assert {str(plan): (night.killed, night.wrong) for plan, night in played if night.wrong} == {}


def test_one_that_is_not_killed_comes_right(undisturbed: Played) -> None:
    assert (undisturbed.killed, undisturbed.wrong) == ([], [])


def test_killed_once_at_each_kind_of_step(grounds: list[Ground], undisturbed: Played) -> None:
    labels = [label for steps in undisturbed.steps for label in steps]
    plans = one_of_each(labels, CHANCE)
    assert len(plans) >= 25
    played = play_all(grounds, plans)
    assert_all_right(played)
    assert [night.killed for _, night in played if len(night.killed) != 1] == []


def test_killed_again_while_it_recovers(grounds: list[Ground]) -> None:
    played = play_all(grounds, IN_RECOVERY)
    assert_all_right(played)
    assert [len(night.killed) for _, night in played] == [2] * len(IN_RECOVERY)


def test_killed_twice_anywhere(grounds: list[Ground], undisturbed: Played) -> None:
    assert_all_right(play_all(grounds, some_pairs(max(undisturbed.steps, key=len), 6, CHANCE)))
