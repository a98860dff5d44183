import json

import pytest

from retailsync_assets.cli.explanation import explain
from retailsync_assets_tests.end_to_end.nights.bad_inputs import GOOD, LINES
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld


@pytest.mark.parametrize(
    "record, units, status",
    [
        ("12345678905,S1,-0", 0, "pending"),
        ("12345678905,S1,7.0", 7, "pending"),
        ("12345678905,S1,1.5", None, "quarantined"),
        ("12345678905,S1,1e400", None, "quarantined"),
        ("12345678905,S1,²", None, "quarantined"),
        ("12345678905,S1,\u0661", None, "quarantined"),
        (f"12345678905,S1,{'9' * 5000}", None, "quarantined"),
        ("=12345678905,S1,1", None, "quarantined"),
        ("99,S1,1", None, "not in the raw file"),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_it_is_told_whatever_stands_there(new_world: NewWorld, record: str, units: int | None, status: str) -> None:
    world = new_world(limits={"first_night": "pass", "rejected_rows": 1.0, "unmatched_active": 1.0})
    world.raw_bytes(GOOD.replace(LINES[0], f"{record}\n".encode()))
    world.take()
    told = explain(world.resources, NIGHT, "12345678905", "S1").document()
    assert (told["raw_quantity"], told["status"]) == (units, status)
    assert json.dumps(told)
