import pytest

from retailsync_assets.ledger.models import DeliveryState
from retailsync_assets_tests.delivery.conftest import CONTENT, NOW, Desk


def test_killed_between_intent_and_rename_it_is_published_from_what_was_staged(desk: Desk) -> None:
    desk.intend(1)
    desk.part(1).write_bytes(CONTENT)
    assert desk.publish().state is DeliveryState.PUBLISHED
    assert desk.target.read_bytes() == CONTENT
    assert desk.lying()[".staging"] == []


def test_killed_again_while_recovering_too(desk: Desk) -> None:
    desk.intend(1, 2)
    desk.part(2).write_bytes(CONTENT)  # the second worker had claimed the first one's token
    assert desk.publish().epoch == 3
    assert desk.target.read_bytes() == CONTENT
    assert desk.lying()[".staging"] == []


def test_renamed_and_not_recorded_it_is_recorded(desk: Desk) -> None:
    desk.intend(1)
    desk.target.write_bytes(CONTENT)
    assert desk.publish().state is DeliveryState.PUBLISHED
    assert desk.lying() == {"ResetInventory": [desk.promised.file_name], ".staging": []}


def test_renamed_not_recorded_and_taken_by_hotwax_it_is_not_sent_again(desk: Desk) -> None:
    desk.intend(1)
    assert desk.publish().state is DeliveryState.PUBLISHED
    assert desk.lying() == {"ResetInventory": [], ".staging": []}


@pytest.mark.parametrize("staged", [CONTENT, CONTENT[:100], b""])
def test_killed_before_the_intent_it_is_staged_anew_and_the_rest_swept(desk: Desk, staged: bytes) -> None:
    desk.ledger.take_over(desk.promised, NOW)
    desk.part(1).write_bytes(staged)
    assert desk.publish().epoch == 2
    assert desk.target.read_bytes() == CONTENT
    assert desk.lying()[".staging"] == []


def test_another_files_part_is_not_swept(desk: Desk) -> None:
    desk.ledger.take_over(desk.promised, NOW)
    other = desk.part(1).with_name("other.csv.1.part")
    other.write_bytes(b"of another delivery")
    desk.publish()
    assert desk.lying()[".staging"] == [other.name]
