"""The site's own sensors, a real SMTP server and a real webhook: a night that nobody looks at."""

from typing import Any

import pytest

from retailsync_assets_tests.config.sample import FINGERPRINT
from retailsync_assets_tests.end_to_end.clocked.conftest import NewNight
from retailsync_assets_tests.end_to_end.clocked.outside import Event, file_of, nothing_is_online
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.reporting.alerts.conftest import WEBHOOK, by_mail
from retailsync_assets_tests.reporting.alerts.notice_board import NoticeBoard
from retailsync_assets_tests.reporting.alerts.post_office import PostOffice

ANOTHER_KEY = {"retail_pro": {"sftp": {"fingerprints": [FINGERPRINT]}}}


@pytest.mark.parametrize(
    "start, end, events, settings, subjects",
    [
        ("05:30", "07:00", (), {}, ["raw_reset_file"]),
        ("01:25", "02:00", (("01:26", file_of("01:20")), ("01:27", file_of("01:25"))), {}, ["raw_reset_file"]),
        ("00:55", "01:40", (("00:50", nothing_is_online),), {}, ["active_products"]),
        ("01:25", "01:50", (), ANOTHER_KEY, ["raw_reset_file"]),
    ],
    ids=["no file", "two files", "nothing online", "another host key"],
)
def test_each_cause_arrives_once_by_mail_and_at_the_webhook(
    new_night: NewNight, office: PostOffice, board: NoticeBoard,
    start: str, end: str, events: tuple[tuple[str, Event], ...], settings: dict[str, Any], subjects: list[str],
) -> None:  # fmt: skip
    night = new_night(**settings, alerts={"mail": by_mail(office), "slack_webhook": WEBHOOK})
    for at, event in events:
        night.at(at, event)
    night.play(start, end)
    name = night.world.resources.site.name
    assert [each["Subject"] for each in office.letters] == [
        f"retailsync: {name}, business date {NIGHT}: {stage}" for stage in subjects
    ]
    assert [note["text"].split("\n") for note in board.notes] == [
        each.get_content().splitlines() for each in office.letters
    ]
