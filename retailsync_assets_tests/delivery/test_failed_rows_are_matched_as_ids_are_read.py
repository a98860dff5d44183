import pytest

from retailsync_assets.delivery.failed_records import match_failed_rows
from retailsync_assets.delivery.import_log import ImportRun

SENT = b"""\
facilityId,externalFacilityId,idType,idValue,availableQty
NEW_YORK,NYC01,UPCA,012345678905,10
NEW_YORK,NYC01,UPCA,611000200000 ,10
nash,TN01,UPCA,012345678905,10
"""
ZERO, BLANK, NASH = ("NEW_YORK", "012345678905"), ("NEW_YORK", "611000200000 "), ("nash", "012345678905")


def found(counted: int | None) -> ImportRun:
    return ImportRun("L", "SERVICE_FINISHED", None, None, 3, counted, "error/failed.csv")


def matched(
    counted: int | None, *lines: str, header: str = "facilityId,idType,idValue,error"
) -> tuple[set[object], str]:
    content = "\n".join([header, *(f"{line},bad" for line in lines), ""]).encode()
    failed = match_failed_rows("Reset.csv", SENT, found(counted), content, "UPCA")
    return {(row["facility_id"], row["id_value"]) for row in failed.rows}, failed.doubt or ""


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("NEW_YORK,UPCA,012345678905", ZERO),
        ("NEW_YORK,UPCA,12345678905", ZERO),
        ("NEW_YORK,,012345678905", ZERO),
        ("new_york,upca, 012345678905 ", ZERO),
        ("\ufeffNEW_YORK,UPCA,012345678905", ZERO),
        ("NEW_YORK,UPCA,611000200000 ", BLANK),
        ("NEW_YORK,UPCA,611000200000", BLANK),
        ("NASH,UPCA,012345678905", NASH),
    ],
)
def test_a_row_is_answered_as_it_was_sent(line: str, key: tuple[str, str]) -> None:
    assert matched(1, line) == ({key}, "")


def test_one_row_may_be_named_twice_and_columns_in_any_case() -> None:
    lines = ("NEW_YORK,UPCA,012345678905", "NEW_YORK,UPCA,12345678905")
    assert matched(1, *lines, header="FACILITYID,IDTYPE,IDVALUE,error") == ({ZERO}, "")


def test_where_nothing_is_counted_those_named_are_all() -> None:
    assert matched(None, "NEW_YORK,UPCA,012345678905") == ({ZERO}, "")


@pytest.mark.parametrize(
    ("counted", "lines", "rows", "doubt"),
    [
        (2, ["NEW_YORK,UPCA,012345678905"], {ZERO}, "names 1 row of Reset.csv, and HotWax counts 2 failed"),
        (2, ["NEW_YORK,UPCA,012345678905", "NEW_YORK,UPCA,5"], {ZERO}, "names NEW_YORK, UPCA, 5, which Reset.csv does"),
        (1, ["NEW_YORK,SKU,012345678905"], set(), "names NEW_YORK, SKU, 012345678905, which Reset.csv does not have"),
        (1, ["NEW_YORK"], set(), "error/failed.csv is no failed-records file of Reset.csv"),
    ],
)
def test_what_does_not_add_up_is_a_doubt(counted: int, lines: list[str], rows: set[object], doubt: str) -> None:
    named, why = matched(counted, *lines)
    assert (named, doubt in why) == (rows, True)


@pytest.mark.parametrize("source", ["error/failed.csv", None])
def test_what_is_nowhere_is_a_doubt(source: str | None) -> None:
    log = ImportRun("L", "SERVICE_FINISHED", None, None, 3, 2, source)
    failed = match_failed_rows("Reset.csv", SENT, log, None, "UPCA")
    assert (failed.rows, "HotWax failed 2 rows of Reset.csv and" in (failed.doubt or "")) == ((), True)


def test_two_rows_that_are_alike_are_told_apart_by_the_letter_alone() -> None:
    sent = SENT + b"NEW_YORK,NYC01,UPCA,12345678905,10\n"
    content = b"facilityId,idType,idValue,error\nNEW_YORK,UPCA,012345678905,bad\nNEW_YORK,UPCA,0012345678905,bad\n"
    failed = match_failed_rows("Reset.csv", sent, found(2), content, "UPCA")
    assert [row["id_value"] for row in failed.rows] == ["012345678905"]
    assert "names NEW_YORK, UPCA, 0012345678905" in (failed.doubt or "")
