import csv
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from retailsync_assets.sandbox.hotwax.data_manager import HotWax
from retailsync_assets.sandbox.sample.stores_and_products import upca

RESET = "facilityId,externalFacilityId,idType,idValue,availableQty,locationSeqId,resetByAtp,comments"
VARIANCE = "facilityId,idType,idValue,availableDelta,locationSeqId,varianceReasonId,comments"
A = upca("A")
Deliver = Callable[..., dict[str, Any]]


@pytest.fixture
def deliver(oms: Engine, sftp_root: Path, as_of: datetime) -> Deliver:
    """Puts a file of these lines into HotWax's folder, has it polled and processed, and returns its log row."""
    hotwax = HotWax(oms, sftp_root, lambda: as_of + timedelta(hours=1))

    def run(header: str, *lines: str) -> dict[str, Any]:
        kind = "InventoryVariance" if header == VARIANCE else "ResetInventory"
        (sftp_root / "hotwax" / kind / f"{kind}_1.csv").write_text("\n".join((header, *lines, "")))
        hotwax.poll()
        hotwax.process()
        with oms.connect() as connection:
            log = connection.execute(text("SELECT * FROM DATA_MANAGER_LOG ORDER BY LOG_ID DESC")).mappings().first()
        assert log is not None
        return dict(log)

    return run


def stock(oms: Engine, sku: str = "A", facility: str = "NEW_YORK") -> tuple[int, int]:
    query = text(
        "SELECT QUANTITY_ON_HAND_TOTAL, AVAILABLE_TO_PROMISE_TOTAL FROM INVENTORY_ITEM JOIN PRODUCT USING (PRODUCT_ID)"
        " WHERE INTERNAL_NAME = :sku AND FACILITY_ID = :facility"
    )
    with oms.connect() as connection:
        on_hand, to_promise = connection.execute(query, {"sku": sku, "facility": facility}).one()
    return on_hand, to_promise


def details(oms: Engine) -> list[tuple[Any, ...]]:
    """(reason, difference, comment) of what was written since the seeding."""
    query = text(
        "SELECT REASON_ENUM_ID, QUANTITY_ON_HAND_DIFF, DESCRIPTION FROM INVENTORY_ITEM_DETAIL"
        " WHERE EFFECTIVE_DATE = '2026-11-21 06:00:00.000000'"
    )
    with oms.connect() as connection:
        return [tuple(row) for row in connection.execute(query)]


@pytest.mark.parametrize(
    "header, line, expected",
    [
        (RESET, f"NEW_YORK,NYC01,UPCA,{A},10,TLTLTLLL01,false,", (10, 9)),
        (RESET, f",NYC01,UPCA,{A},10.0,,,", (10, 9)),
        (RESET, "NEW_YORK,,SKU,A,3,TLTLTLLL01,false,", (3, 2)),
        (RESET, f"NEW_YORK,,UPCA,{A},10,TLTLTLLL01,true,", (11, 10)),
        (RESET, f"NEW_YORK,,UPCA,{A},-2,TLTLTLLL01,false,", (-2, -3)),
        (VARIANCE, f"NEW_YORK,UPCA,{A},-2.0,TLTLTLLL01,VAR_INTEGR,", (6, 5)),
        (VARIANCE, f"NEW_YORK,UPCA,{A},1.0,TLTLTLLL01,VAR_INTEGR,", (9, 8)),
        (VARIANCE, f"NEW_YORK,UPCA,{A},-9.0,TLTLTLLL01,VAR_INTEGR,", (0, -1)),
    ],
    ids=["reset", "by store code", "by SKU", "by ATP", "below zero", "variance", "giving back", "no lower than zero"],
)
def test_a_row_moves_on_hand_and_promise_alike(
    oms: Engine, deliver: Deliver, header: str, line: str, expected: tuple[int, int]
) -> None:
    with oms.begin() as connection:
        reserved = text("UPDATE INVENTORY_ITEM SET AVAILABLE_TO_PROMISE_TOTAL = 7 WHERE INVENTORY_ITEM_ID = :item")
        connection.execute(reserved, {"item": "10001-NEW_YORK"})
    deliver(header, line)
    assert stock(oms) == expected


def test_a_reset_that_changes_nothing_writes_no_detail_row(oms: Engine, deliver: Deliver) -> None:
    log = deliver(RESET, f"NEW_YORK,,UPCA,{A},8,TLTLTLLL01,false,", f"NASHVILLE,,UPCA,{A},9,TLTLTLLL01,false,why")
    assert details(oms) == [("VAR_EXT_RESET", -1, "why")]
    assert (log["TOTAL_RECORD_COUNT"], log["FAILED_RECORD_COUNT"]) == (2, 0)


def test_a_product_without_stock_at_a_location_gets_a_shelf_there(oms: Engine, deliver: Deliver) -> None:
    deliver(RESET, f"OUTLET,,UPCA,{A},4,TLTLTLLL01,false,")
    assert stock(oms, "A", "OUTLET") == (4, 4)


def test_bad_rows_go_into_the_failed_records_file_and_the_others_apply(
    oms: Engine, deliver: Deliver, sftp_root: Path
) -> None:
    bad = (
        "NEW_YORK,,UPCA,999999999993,1,TLTLTLLL01,false,",
        f"NOWHERE,,UPCA,{A},1,TLTLTLLL01,false,",
        f"NEW_YORK,,UPCA,{A.lstrip('6')},1,TLTLTLLL01,false,",
        f"NEW_YORK,,UPCA,{A},many,TLTLTLLL01,false,",
        f"NEW_YORK,,UPCA,{A},NaN,TLTLTLLL01,false,",
        f"NEW_YORK,,UPCA,{A},1",
    )
    log = deliver(RESET, *bad, f"NEW_YORK,,UPCA,{upca('B')},3,TLTLTLLL01,false,")
    counts = (log["STATUS_ID"], log["TOTAL_RECORD_COUNT"], log["FAILED_RECORD_COUNT"])
    assert counts == ("SERVICE_FINISHED", 7, 6)
    assert (stock(oms, "A"), stock(oms, "B")) == ((8, 8), (3, 3))
    with oms.connect() as connection:
        query = text("SELECT CONTENT_LOCATION FROM DATA_MANAGER_CONTENT WHERE LOG_CONTENT_TYPE_ENUM_ID = 'DmcntError'")
        location = connection.execute(query).scalar_one()
    assert location.startswith("hotwax/ResetInventory/error/")
    with (sftp_root / location).open(newline="") as file:
        header, *failed = csv.reader(file)
    assert header == [*RESET.split(","), "error"]
    assert [row[3] for row in failed] == [line.split(",")[3] for line in bad]
    assert all(len(row) == len(header) and row[-1] for row in failed)


@pytest.mark.parametrize("content", ["", "sku,qty\nA,1", "<html>", "facilityId,idType,idValue\nNEW_YORK,SKU,A"])
def test_an_unreadable_file_fails_as_a_whole(oms: Engine, deliver: Deliver, content: str) -> None:
    log = deliver(*content.split("\n"))
    assert (log["STATUS_ID"], log["FINISH_DATE_TIME"] is None) == ("SERVICE_FAILED", False)
    assert details(oms) == []
