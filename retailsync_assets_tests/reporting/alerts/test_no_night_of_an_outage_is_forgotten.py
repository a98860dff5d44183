"""The daemon was down for days: each of those nights is told of when it is back, up to two weeks of them."""

import json
from datetime import timedelta

import pytest

from retailsync_assets_tests.end_to_end.clocked.clicks import at
from retailsync_assets_tests.end_to_end.clocked.conftest import NewNight
from retailsync_assets_tests.end_to_end.clocked.played_night import Night
from retailsync_assets_tests.reporting.alerts.conftest import WEBHOOK
from retailsync_assets_tests.reporting.alerts.notice_board import NoticeBoard


def missed(night: Night) -> list[int]:
    """The nights that were told as missed, counted from tonight."""
    ledger, days = night.world.resources.ledger, range(-30, 3)
    return [
        day
        for day in days
        for entry in ledger.history(night.on + timedelta(days=day))
        if entry.what == "alert" and "missed: no reset went out" in json.loads(entry.detail)["text"]
    ]


@pytest.mark.parametrize("up, told", [("-3 20:00", [-2, -1, 0]), ("-1 20:00", [0]), ("-20 20:00", list(range(-12, 1)))])
def test_every_night_since_the_last_look(new_night: NewNight, up: str, told: list[int]) -> None:
    night = new_night()
    for clock in (up, "07:00", "07:01"):
        at(night, clock)
        night.daemon.look()
    assert missed(night) == told


def test_what_no_channel_took_is_told_later(new_night: NewNight, board: NoticeBoard) -> None:
    night = new_night(alerts={"slack_webhook": WEBHOOK})
    at(night, "-3 20:00")
    night.daemon.look()
    board.status = 500
    for clock, status in (("07:00", 500), ("07:01", 200), ("07:02", 200)):
        board.status = status
        at(night, clock)
        night.daemon.look()
    assert missed(night) == [-2, -1, 0]
    assert len(board.notes) == 3
