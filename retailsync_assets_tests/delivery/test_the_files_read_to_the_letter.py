import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retailsync_assets.delivery.import_files import reset_file, variance_file
from retailsync_assets_tests.config.sample import a_site

SNAPSHOT = "20261121050000-0123456789ab"
HOTWAX = a_site().hotwax
EXTERNAL = a_site(hotwax={"facility_id_from": "external", "id_type": "SKU", "location": "BACK"}).hotwax
RESET_HEADER = "facilityId,externalFacilityId,idType,idValue,availableQty,locationSeqId,resetByAtp,comments\n"
VARIANCE_HEADER = "facilityId,idType,idValue,availableDelta,locationSeqId,varianceReasonId,comments\n"
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


def key(**changes: Any) -> dict[str, Any]:
    return {
        "facility_id": "NEW_YORK",
        "external_facility_id": "NYC01",
        "upca": "012345678905",
        "quantity": 10,
        **changes,
    }


@pytest.mark.parametrize(
    "row, line",
    [
        (key(), f"NEW_YORK,NYC01,UPCA,012345678905,10,TLTLTLLL01,false,snapshot {SNAPSHOT}\n"),
        (key(quantity=0), f"NEW_YORK,NYC01,UPCA,012345678905,0,TLTLTLLL01,false,snapshot {SNAPSHOT}\n"),
        (key(quantity=-3), f"NEW_YORK,NYC01,UPCA,012345678905,-3,TLTLTLLL01,false,snapshot {SNAPSHOT}\n"),
        (key(external_facility_id=None), f"NEW_YORK,,UPCA,012345678905,10,TLTLTLLL01,false,snapshot {SNAPSHOT}\n"),
        (key(upca='0,"1'), f'NEW_YORK,NYC01,UPCA,"0,""1",10,TLTLTLLL01,false,snapshot {SNAPSHOT}\n'),
        (key(facility_id="ZÜRICH\n"), f'"ZÜRICH\n",NYC01,UPCA,012345678905,10,TLTLTLLL01,false,snapshot {SNAPSHOT}\n'),
    ],
)
def test_a_reset_row(row: dict[str, Any], line: str) -> None:
    assert reset_file(HOTWAX, [row], SNAPSHOT).decode() == RESET_HEADER + line


@pytest.mark.parametrize("delta, written", [(-2, "-2.0"), (1, "1.0"), (-9_999_999, "-9999999.0")])
def test_a_variance_row(delta: int, written: str) -> None:
    line = f"NEW_YORK,UPCA,012345678905,{written},TLTLTLLL01,VAR_INTEGR,snapshot {SNAPSHOT}; reset abc\n"
    assert variance_file(HOTWAX, [key(delta=delta)], SNAPSHOT, "abc").decode() == VARIANCE_HEADER + line


def test_facility_id_type_and_location_are_the_sites() -> None:
    reset = reset_file(EXTERNAL, [key()], "id").decode().removeprefix(RESET_HEADER)
    variance = variance_file(EXTERNAL, [key(delta=-1)], "id", "abc").decode().removeprefix(VARIANCE_HEADER)
    assert reset == "NYC01,NYC01,SKU,012345678905,10,BACK,false,snapshot id\n"
    assert variance == "NYC01,SKU,012345678905,-1.0,BACK,VAR_INTEGR,snapshot id; reset abc\n"


def test_rows_keep_their_order_and_a_file_without_any_is_its_header() -> None:
    rows = [key(upca=str(number)) for number in (3, 1, 2)]
    lines = reset_file(HOTWAX, rows, "id").decode().splitlines()[1:]
    assert [line.split(",")[3] for line in lines] == ["3", "1", "2"]
    assert reset_file(HOTWAX, [], "id") == RESET_HEADER.encode()


@given(
    st.lists(st.builds(key, facility_id=TEXT, external_facility_id=TEXT, upca=TEXT, quantity=st.integers()), max_size=4)
)
def test_whatever_stands_in_a_row_reads_back(rows: list[dict[str, Any]]) -> None:
    content = reset_file(HOTWAX, rows, SNAPSHOT)
    assert content.startswith(b"facilityId,")  # no BOM
    assert content.endswith(b"\n")
    read = list(csv.reader(io.StringIO(content.decode(), newline="")))[1:]
    assert [(row[0], row[1], row[3], int(row[4])) for row in read] == [
        (row["facility_id"], row["external_facility_id"], row["upca"], row["quantity"]) for row in rows
    ]
