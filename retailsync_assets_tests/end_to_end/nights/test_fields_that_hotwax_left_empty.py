"""A field that tells where, when or of what kind is empty: what left is deducted all the same."""

from datetime import timedelta

import pytest

from retailsync_assets_tests.end_to_end.nights.clock import NIGHT, moment
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.world import World

RESPONSES = {"acknowledgements": {"source": "responses"}}


@pytest.mark.parametrize(
    "emptied",
    [
        "UPDATE SHIPMENT SET SHIPMENT_TYPE_ID = NULL",
        "UPDATE SHIPMENT SET SHIPMENT_TYPE_ID = ''",
        "UPDATE ORDER_HEADER SET ORDER_TYPE_ID = NULL",
        "UPDATE SHIPMENT SET ORIGIN_FACILITY_ID = ' '",
    ],
)
def test_on_a_first_night(world: World, emptied: str) -> None:
    world.raw()
    world.orders.ship("F1", "-1 09:00")
    world.execute("UPDATE ORDER_ITEM_SHIP_GROUP SET FACILITY_ID = 'F1'")
    world.execute(emptied)
    assert (world.play().state, world.stock()["F1", "A"]) == ("complete", 8)


def test_a_ship_time_on_a_later_night(world: World) -> None:
    world.clock.moment = moment("-1 07:05")
    world.raw(as_of="-1 07:00")
    world.play(NIGHT - timedelta(days=1))
    for store in ("F1", "F2"):
        world.at("-1 15:00").orders.ship_whole(store, "-1 15:00")
    world.execute("UPDATE SHIPMENT_STATUS SET STATUS_DATE = NULL")
    world.at("07:05").raw({("F1", "B"): 9}, as_of="07:00")
    assert (world.play().state, world.stock()["F1", "A"], world.stock()["F2", "A"]) == ("complete", 8, 8)


def test_the_system_of_a_history_row_where_responses_count(new_world: NewWorld) -> None:
    world = new_world(retail_pro=RESPONSES)
    world.raw()
    world.orders.ship_whole("F1", "-3 09:00")
    world.orders.acknowledge("F1", "-3 10:00", system="")
    assert (world.play().state, world.stock()["F1", "A"]) == ("complete", 8)


def test_the_ship_time_of_a_line_that_a_response_names(new_world: NewWorld) -> None:
    """As by the history: a document about the line means that Retail Pro knows of it."""
    world = new_world(retail_pro=RESPONSES)
    world.raw({("F1", "A"): 8})
    world.orders.ship_whole("F1", "-3 09:00")
    world.execute("UPDATE SHIPMENT_STATUS SET STATUS_DATE = NULL")
    header = "order_id,order_item_seq_id,kind,store_code,accepted_at,document_no"
    row = f"{world.orders.order_of['F1']},00001,INVOICE,{world.stores['F1']},2025-11-19T10:00:00Z,1"
    (world.responses / "r.csv").write_text(f"{header}\n{row}\n")
    assert (world.play().state, world.stock()["F1", "A"]) == ("complete", 8)
