"""Whole nights through the site's own schedules and sensors, tick by tick, on a clock that is set."""

import pytest

from retailsync_assets_tests.end_to_end.clocked.conftest import NewNight
from retailsync_assets_tests.end_to_end.clocked.played_night import Ending
from retailsync_assets_tests.end_to_end.clocked.stories import STORIES, Story

every_story = pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)


def play(story: Story, new_night: NewNight) -> Ending:
    night = new_night(story.on, **story.settings)
    for at, event in story.events:
        night.at(at, event)
    return night.play(story.start, story.end)


@every_story
def test_a_night_ends_right_or_in_a_loud_named_miss(story: Story, new_night: NewNight) -> None:
    story.ending.check(play(story, new_night))


@every_story
def test_without_its_gate_the_same_night_would_not(
    story: Story, new_night: NewNight, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.gate(monkeypatch)
    with pytest.raises(AssertionError, match=story.wrong):
        story.ending.check(play(story, new_night))
