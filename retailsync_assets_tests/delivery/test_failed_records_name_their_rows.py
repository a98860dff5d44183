import pytest

from retailsync_assets.delivery.import_files import parse_failed_rows, reset_file, variance_file
from retailsync_assets_tests.config.sample import a_site

HOTWAX = a_site().hotwax
ROW = {"facility_id": "NEW_YORK", "external_facility_id": "NYC01", "upca": "0123", "quantity": 10, "delta": -1}
FOUND = {"facility_id": "NEW_YORK", "id_type": "", "id_value": "0123"}


def with_error(content: bytes, name: str, error: str) -> bytes:
    """A file as HotWax gives it back: the input's columns, and the error behind them."""
    header, row = content.decode().splitlines()
    return f"{header},{name}\n{row},{error}\n".encode()


@pytest.mark.parametrize("name", ["error", "_ERROR_MESSAGE_", "Fehler", ""])
@pytest.mark.parametrize("sent", [reset_file(HOTWAX, [ROW], "id"), variance_file(HOTWAX, [ROW], "id", "abc")])
def test_the_error_is_the_last_column_under_any_name(sent: bytes, name: str) -> None:
    assert parse_failed_rows(with_error(sent, name, "no such product")) == [
        {**FOUND, "id_type": "UPCA", "error": "no such product"}
    ]


@pytest.mark.parametrize(
    "content, errors",
    [
        ("facilityId,idValue,error\nNEW_YORK,0123,bad\n", ["bad"]),
        ("idValue,facilityId,error\n0123,NEW_YORK,bad\n", ["bad"]),
        ("\ufefffacilityId,idValue,error\nNEW_YORK,0123,bad\n", ["bad"]),
        ("facilityId,idValue,error\r\nNEW_YORK,0123,bad\r\n", ["bad"]),
        (" facilityId , idValue , error \nNEW_YORK,0123,bad\n", ["bad"]),
        ('"facilityId","idValue","error"\n"NEW_YORK","0123","a ""b"", c\nd"\n', ['a "b", c\nd']),
        ("facilityId,idValue,error\nNEW_YORK,0123,bad", ["bad"]),
        ("facilityId,idValue,error\n\nNEW_YORK,0123,bad\n\n", ["bad"]),
        ("facilityId,idValue,error\nNEW_YORK,0123,a\nNEW_YORK,0123,b\n", ["a", "b"]),
        ("facilityId,idValue,error\n", []),
    ],
)
def test_however_it_is_written(content: str, errors: list[str]) -> None:
    assert parse_failed_rows(content.encode()) == [{**FOUND, "error": error} for error in errors]


def test_letters_that_are_no_utf_8_do_not_hide_a_row() -> None:
    (row,) = parse_failed_rows("facilityId,idValue,error\nNEW_YORK,0123,inválido\n".encode("cp1252"))
    assert (row["facility_id"], row["id_value"]) == ("NEW_YORK", "0123")


@pytest.mark.parametrize(
    "content",
    [
        "",
        "\n",
        "<html>502</html>\n",
        "facility,idValue,error\nNEW_YORK,0123,bad\n",
        "facilityId,idValue,error\nNEW_YORK\n",
        "facilityId,idValue,error\nNEW_YORK,0123," + "x" * 2_000_000,
    ],
)
def test_what_names_no_key_is_no_failed_records_file(content: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - in the words of whatever could not read it
        parse_failed_rows(content.encode())
