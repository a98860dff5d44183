"""By how much the strict and the documented rule differ is counted every night; beyond the limit a person is told."""

import logging

import pytest

from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld

REASON = "the strict and the documented rule differ by 2 units at 1 keys"


@pytest.mark.parametrize(("allowed", "told"), [(2, 0), (1, 1)])
def test_beyond_the_limit_a_person_is_told_once(
    new_world: NewWorld, caplog: pytest.LogCaptureFixture, allowed: int, told: int
) -> None:
    world = new_world(alerts={"units_between_rules": allowed})
    world.raw()
    world.orders.ship("F1", "-1 09:00")
    world.orders.ship_whole("F2", "-1 09:00")
    with caplog.at_level(logging.ERROR, "retailsync.alerts"):
        world.play()
    check = world.check("partial_shipment_variance", "strict_and_documented_rules_agree")
    assert (check.passed, check.description) == (not told, f"{REASON}, {allowed} are allowed")
    messages = [record.getMessage() for record in caplog.records if record.name == "retailsync.alerts"]
    assert [REASON in message for message in messages] == [True] * told
