import pytest

from retailsync_assets.cli.explanation import explain
from retailsync_assets.variance.response_files import COLUMNS
from retailsync_assets_tests.end_to_end.nights.bad_inputs import GOOD, WHOLE
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld


def test_a_record_without_a_store_is_not_that_of_a_store_without_a_code(new_world: NewWorld) -> None:
    stores = {"F1": "S1", "F2": "S2", "F3": "", "F4": " "}
    world = new_world(stores=stores, limits={"first_night": "pass", "rejected_rows": 1.0})
    world.raw_bytes(GOOD + '12345678905,\u00a0,77\n885909950805," ",78\n'.encode())
    assert world.take().state == "waiting"
    assert world.delivered("reset") == WHOLE
    assert {row["line"]: row["rule"] for row in world.lake("quarantined_rows")} == dict.fromkeys(
        (8, 9), "no store code"
    )
    assert {row["store_code"]: row["facility_id"] for row in world.lake("raw_stores")} == {
        "": None,
        "S1": "F1",
        "S2": "F2",
    }


@pytest.mark.parametrize("code", ["S1", "S1 ", "S1\u00a0"], ids=ascii)
def test_two_stores_of_one_code_hold_the_night(new_world: NewWorld, code: str) -> None:
    world = new_world(stores={"F1": "S1", "F2": "S2", "F3": code})
    world.raw_bytes(GOOD)
    held = world.take()
    assert (held.state, world.files("reset")) == ("held", {})
    assert held.lines == (
        "held: two stores have the same FACILITY.EXTERNAL_ID S1: their inventory can't be told apart",
    )


def test_a_blank_after_a_code_keeps_nothing_from_its_store(new_world: NewWorld) -> None:
    responses = {"acknowledgements": {"source": "responses"}}
    world = new_world(stores={"F1": "S1 "}, limits={"first_night": "pass"}, retail_pro=responses)
    world.orders.ship("F1", "-1 12:00")
    noted = "O100,00001,INVOICE,S1,2025-11-21T06:40:00Z,7"
    (world.responses / "noted.csv").write_text(f"{','.join(COLUMNS)}\n{noted}\n")
    world.raw_bytes(GOOD)
    assert world.play().state == "complete"
    assert world.delivered("variance") == {}
    told = explain(world.resources, NIGHT, "12345678905", "S1")
    assert (told.facility_id, told.raw_quantity, told.status) == ("F1", 1, "applied")
