from datetime import UTC, datetime

import pytest

from retailsync_assets.variance.response_files import COLUMNS, Responses, read_responses
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.world import World

GOOD = "O1,00001,INVOICE,S1,2025-11-21T06:40:00Z,7\n"


@pytest.mark.parametrize(
    "line",
    [
        "O2,00001,INVOICE,S1,2025-11-21T06:40:00,7",
        "O2,00001,INVOICE,S1,0001-01-01T00:00:00+06:00,7",
        "O2,00001,INVOICE,S1,9999-12-31T23:59:59-05:00,7",
        "O2,00001,RECEIPT,S1,2025-11-21T06:40:00Z,7",
        " ,00001,INVOICE,S1,2025-11-21T06:40:00Z,7",
        "O2,00001",
        '"O2"9,00001,INVOICE,S1,2025-11-21T06:40:00Z,7',
    ],
)
def test_a_row_that_can_not_be_read_is_named_and_the_others_count(world: World, line: str) -> None:
    (world.responses / "odd.csv").write_text(f"{','.join(COLUMNS)}\n{GOOD}{line}\n{GOOD}")
    found = read_responses(world.resources)
    assert [row["order_id"] for row in found.rows] == ["O1", "O1"]
    assert found.unreadable_rows == ["odd.csv, line 3"]


def test_what_a_quote_that_is_not_closed_swallows_is_named_too(world: World) -> None:
    (world.responses / "odd.csv").write_text(f'{",".join(COLUMNS)}\n{GOOD}O2,00001,INVOICE,S1,,"{GOOD * 5_000}')
    found = read_responses(world.resources)
    assert [row["order_id"] for row in found.rows] == ["O1"]
    assert len(found.unreadable_rows) == 1


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n", b"\r\n\r\n"], ids=repr)
def test_a_file_with_nothing_in_it_has_no_rows(world: World, content: bytes) -> None:
    (world.responses / "odd.csv").write_bytes(content)
    assert read_responses(world.resources) == Responses()


@pytest.mark.parametrize(
    "header",
    [
        "Order Id,Order Item Seq Id,Kind,Store Code,Accepted At,Document No",
        "ORDER_ID,ORDER_ITEM_SEQ_ID,KIND,STORE_CODE,ACCEPTED_AT,DOCUMENT_NO",
        "orderId,orderItemSeqId,kind,storeCode,acceptedAt,documentNo",
        " order_id , order-item-seq-id ,kind,store.code,accepted_at,document_no",
    ],
)
def test_its_header_is_read_as_loosely_as_a_raw_files(world: World, header: str) -> None:
    (world.responses / "odd.csv").write_text(f"{header}\n{GOOD}")
    (row,) = read_responses(world.resources).rows
    assert (row["order_id"], row["order_item_seq_id"], row["store_code"]) == ("O1", "00001", "S1")


def test_one_that_narrows_to_a_shipment_may_write_that_as_it_likes(world: World) -> None:
    (world.responses / "odd.csv").write_text(f"Shipment Id,{','.join(COLUMNS)}\nO1-S2,{GOOD}")
    assert [row["shipment_id"] for row in read_responses(world.resources).rows] == ["O1-S2"]


HEADER = ",".join(COLUMNS)


@pytest.mark.parametrize(
    "content",
    [
        f"order_id,kind\n{GOOD}".encode(),
        f'"{HEADER}\n{GOOD}'.encode(),
        f"\n{GOOD}".encode(),
        f"{HEADER},Order Id\n{GOOD.strip()},O2\n".encode(),
        f"{HEADER}\n{GOOD}".replace(",", ";").encode(),
        f"{HEADER}\n{GOOD}".encode("utf-16"),
        bytes(range(256)),
    ],
    ids=["columns missing", "quote", "no header", "a column twice", "other delimiter", "UTF-16", "no text"],
)
def test_a_file_that_can_not_be_read_is_left_aside_by_name_and_the_others_count(world: World, content: bytes) -> None:
    (world.responses / "fine.csv").write_text(f"{HEADER}\n{GOOD}")
    (world.responses / "odd.csv").write_bytes(content)
    found = read_responses(world.resources)
    assert [row["file_name"] for row in found.rows] == ["fine.csv"]
    (told,) = found.unreadable_files
    assert told.startswith("odd.csv: its header does not name once each of: ")


def test_an_id_that_can_not_be_decoded_is_named_and_acknowledges_nothing(world: World) -> None:
    (world.responses / "odd.csv").write_bytes(f"{HEADER}\n{GOOD}".encode() + GOOD.replace("O1", "Ö1").encode("cp1252"))
    found = read_responses(world.resources)
    assert ([row["order_id"] for row in found.rows], found.unreadable_rows) == (["O1"], ["odd.csv, line 3"])


def test_the_night_goes_on_and_its_lines_stay_deducted(new_world: NewWorld) -> None:
    world = new_world(retail_pro={"acknowledgements": {"source": "responses"}})
    world.orders.ship_whole("F1", "-1 09:00")
    (world.responses / "odd.csv").write_text(f"order,kind\n{world.orders.order_of['F1']},INVOICE\n")
    (world.responses / "none.csv").write_bytes(b"")
    world.raw()
    assert world.play().state == "complete"
    assert world.delivered("variance") == {("F1", "A"): -2}


def test_an_instant_of_another_zone_is_kept_in_utc(world: World) -> None:
    (world.responses / "fine.csv").write_text(f"{','.join(COLUMNS)}\n{GOOD.replace('06:40:00Z', '00:40:00.5-06:00')}")
    (row,) = read_responses(world.resources).rows
    assert datetime.fromisoformat(row["accepted_at"]).replace(tzinfo=UTC) == datetime(
        2025, 11, 21, 6, 40, 0, 500_000, UTC
    )
