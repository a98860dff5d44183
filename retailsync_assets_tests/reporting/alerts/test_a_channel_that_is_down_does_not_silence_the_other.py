import logging
from collections.abc import Callable
from dataclasses import replace

import pytest

from retailsync_assets.reporting.alerts import send_alert
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.reporting.alerts.conftest import NewPlace
from retailsync_assets_tests.reporting.alerts.notice_board import NoticeBoard
from retailsync_assets_tests.reporting.alerts.post_office import PostOffice
from retailsync_assets_tests.reporting.alerts.test_one_message_a_cause_a_night import LATE

Break = Callable[[pytest.MonkeyPatch, NoticeBoard], None]


def answers_500(patch: pytest.MonkeyPatch, board: NoticeBoard) -> None:
    board.status = 500


def is_not_there(patch: pytest.MonkeyPatch, board: NoticeBoard) -> None:
    patch.setenv("SLACK_WEBHOOK", "http://127.0.0.1:1/services/T0FAKE")


def is_no_address(patch: pytest.MonkeyPatch, board: NoticeBoard) -> None:
    patch.setenv("SLACK_WEBHOOK", "file:///etc/hosts")


def has_a_space(patch: pytest.MonkeyPatch, board: NoticeBoard) -> None:
    patch.setenv("SLACK_WEBHOOK", f"{board.address} pasted")


@pytest.mark.parametrize("breaks", [answers_500, is_not_there, is_no_address, has_a_space])
def test_without_slack_the_mail_still_goes_out_and_the_failure_is_logged(
    new_place: NewPlace, office: PostOffice, board: NoticeBoard, breaks: Break,
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    resources = new_place(office, slack=True)
    breaks(monkeypatch, board)
    assert send_alert(resources, NIGHT, LATE)
    assert not send_alert(resources, NIGHT, LATE), "told once is told"
    assert (len(office.letters), board.notes) == (1, [])
    assert [r.message.partition(":")[0] for r in caplog.records if "not sent" in r.message] == ["alert not sent"]


def test_without_the_mail_server_slack_still_hears_and_the_failure_is_logged(
    new_place: NewPlace, office: PostOffice, board: NoticeBoard, caplog: pytest.LogCaptureFixture
) -> None:
    resources = new_place(office, slack=True, port=1)
    assert send_alert(resources, NIGHT, LATE)
    assert not send_alert(resources, NIGHT, LATE), "told once is told"
    assert (office.letters, len(board.notes)) == ([], 1)
    assert "alert not sent: mail server 127.0.0.1:1: " in caplog.text


def test_with_neither_it_is_told_at_the_next_look(
    new_place: NewPlace, office: PostOffice, board: NoticeBoard, caplog: pytest.LogCaptureFixture
) -> None:
    board.status = 503
    assert not send_alert(new_place(office, slack=True, port=1), NIGHT, LATE)
    board.status = 200
    resources = new_place(office, slack=True)
    assert send_alert(resources, NIGHT, LATE)
    assert not send_alert(resources, NIGHT, LATE)
    assert (len(office.letters), len(board.notes)) == (1, 1)
    assert caplog.text.count("alert not sent") == 2


def test_without_any_channel_the_log_is_told_once(new_place: NewPlace, caplog: pytest.LogCaptureFixture) -> None:
    resources = new_place()
    assert send_alert(resources, NIGHT, LATE)
    assert not send_alert(resources, NIGHT, LATE)
    (record,) = caplog.records
    assert (record.name, record.levelno) == ("retailsync.alerts", logging.ERROR)
    assert all(piece in record.message for piece in ("demo", str(NIGHT), LATE.stage, LATE.reason, LATE.next_step))


@pytest.mark.parametrize("sender", ["ops@", "a@b.c\nBcc: d@e.f", "x <"])
def test_a_letter_that_cant_be_written_keeps_nothing_from_slack(
    new_place: NewPlace, office: PostOffice, board: NoticeBoard, caplog: pytest.LogCaptureFixture, sender: str
) -> None:
    """No such address comes through sites.toml; whatever does, the other channel hears."""
    resources = new_place(office, slack=True)
    mail = resources.site.alerts.mail
    assert mail is not None
    alerts = resources.site.alerts.model_copy(update={"mail": mail.model_copy(update={"sender": sender})})
    assert send_alert(replace(resources, site=resources.site.model_copy(update={"alerts": alerts})), NIGHT, LATE)
    assert (office.letters, len(board.notes)) == ([], 1)
    assert "alert not sent: mail server 127.0.0.1:" in caplog.text
