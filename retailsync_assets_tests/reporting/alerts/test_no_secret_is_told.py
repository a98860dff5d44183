"""The webhook's address and the mail password are told to the servers they belong to, and to nobody else."""

import logging
import sqlite3
from pathlib import Path

import pytest

from retailsync_assets.reporting.alerts import send_alert
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.reporting.alerts.conftest import NewPlace
from retailsync_assets_tests.reporting.alerts.notice_board import PATH, NoticeBoard
from retailsync_assets_tests.reporting.alerts.post_office import PostOffice, certified
from retailsync_assets_tests.reporting.alerts.test_one_message_a_cause_a_night import LATE

PASSWORD = "canary-9f31"


@pytest.mark.parametrize(
    "password, address, letters, notes",
    [
        (PASSWORD, "{board}", 1, 1),
        ("canary-wrong", "http://127.0.0.1:1/{path}", 0, 0),
        ("canary-wrong", "{board}/elsewhere", 0, 0),
        ("canary-wrong", "{board} with-a-space", 0, 0),
        ("canary-wrong", "ftp://127.0.0.1{path}", 0, 0),
        ("canary-ä", "http://[{path}", 0, 0),
    ],
)
def test_whether_it_works_or_not(
    new_place: NewPlace, board: NoticeBoard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str],
    password: str, address: str, letters: int, notes: int,
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("SLACK_WEBHOOK", address.format(board=board.address, path=PATH))
    monkeypatch.setenv("MAIL_PASSWORD", password)
    certificate = certified(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with PostOffice(certificate, logins=(PASSWORD,)) as office:
        place = new_place(office, slack=True, starttls=True, username="night", password={"env": "MAIL_PASSWORD"})
        assert send_alert(place, NIGHT, LATE) is bool(letters + notes)
        assert (len(office.letters), len(board.notes)) == (letters, notes)
        posted = [letter.as_string() for letter in office.letters] + [str(note) for note in board.notes]
    with sqlite3.connect(tmp_path / "home" / "ledger.db") as ledger:
        books = "\n".join(ledger.iterdump())
    told = "\n".join([caplog.text, *capfd.readouterr(), *posted, books, repr(place)])
    assert "T0FAKE" not in told
    assert "canary" not in told
    assert LATE.reason in told
