from dataclasses import replace
from datetime import timedelta

from retailsync_assets.reporting.alerts import send_alert
from retailsync_assets.workflow.incidents import Incident
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.reporting.alerts.conftest import NewPlace
from retailsync_assets_tests.reporting.alerts.notice_board import NoticeBoard
from retailsync_assets_tests.reporting.alerts.post_office import PostOffice

MEND = f"retailsync run demo --date {NIGHT}"
LATE = Incident("missed", "raw_reset_file", "missed: no reset went out by 05:55", MEND)
TEXT = f"demo · business date {NIGHT} · raw_reset_file: missed: no reset went out by 05:55\nNext step: {MEND}"


def test_it_names_site_date_stage_reason_and_the_command_that_mends_it(
    new_place: NewPlace, office: PostOffice, board: NoticeBoard
) -> None:
    assert send_alert(new_place(office, slack=True), NIGHT, LATE)
    (letter,) = office.letters
    assert letter["Subject"] == f"retailsync: demo, business date {NIGHT}: raw_reset_file"
    assert (letter["From"], letter["To"]) == ("night@example.com", "ops@example.com, shop@example.com")
    assert letter.get_content().splitlines() == TEXT.splitlines()
    assert board.notes == [{"text": TEXT}]


def test_the_same_cause_of_the_same_night_is_told_once(
    new_place: NewPlace, office: PostOffice, board: NoticeBoard
) -> None:
    place = new_place(office, slack=True)
    assert [send_alert(place, NIGHT, cause) for cause in (LATE, LATE, replace(LATE, reason="in other words"))] == [
        True,
        False,
        False,
    ]
    assert (len(office.letters), len(board.notes)) == (1, 1)


def test_another_cause_and_another_night_are_told_too(new_place: NewPlace, office: PostOffice) -> None:
    place = new_place(office)
    assert send_alert(place, NIGHT, LATE)
    assert send_alert(place, NIGHT, replace(LATE, cause="silent"))
    assert send_alert(place, NIGHT + timedelta(days=1), LATE)
    assert len(office.letters) == 3


def test_what_was_told_outlasts_the_process(new_place: NewPlace, office: PostOffice) -> None:
    assert send_alert(new_place(office), NIGHT, LATE)
    assert not send_alert(new_place(office), NIGHT, LATE)
    assert len(office.letters) == 1
