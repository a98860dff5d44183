import pytest

from retailsync_assets.raw_file.header import canonical, extra_delimiter, renamed_columns
from retailsync_assets_tests.config.sample import a_site
from retailsync_assets_tests.raw_file.judging import HEADER, ROWS, judged

TEXT = HEADER + ROWS
COLUMNS = ("sbs_no", "store_code", "upc", "qty")


@pytest.mark.parametrize(
    "content, lines, blanks",
    [
        (TEXT, 3, 0),
        (TEXT.replace(b"\n", b"\r\n"), 3, 0),
        (b"\xef\xbb\xbf" + TEXT, 3, 0),
        (b"\xef\xbb\xbf" + TEXT.replace(b"\n", b"\r\n"), 3, 0),
        (TEXT + b"\n", 4, 1),
        (HEADER + b"\n\n" + ROWS, 5, 2),
        (TEXT.replace(b"\n", b"\r\n") + b"\r\n\r\n", 5, 2),
        (TEXT.replace(b"qty", b" qty ", 1), 3, 0),
        (TEXT.replace(b"upc", b'"upc"', 1), 3, 0),
        (TEXT + "1,NYC01,GÜRTEL,1\n".encode(), 4, 0),
        (TEXT + b'1,NYC01,"T-SHIRT, ""BIG""",1\n', 4, 0),
        (TEXT + b'1,NYC01,12" TV,1\n', 4, 0),
    ],
)
def test_it_passes_with_its_lines_counted(content: bytes, lines: int, blanks: int) -> None:
    passed = judged(content)
    assert (passed.lines, passed.blank_lines, passed.rows) == (lines, blanks, lines - blanks - 1)
    assert passed.columns == COLUMNS


@pytest.mark.parametrize("delimiter", ["|", ";", "\t"])
def test_each_delimiter_is_read(delimiter: str) -> None:
    assert judged(TEXT.replace(b",", delimiter.encode()), delimiter=delimiter).columns == COLUMNS


def test_cp1252_is_text_where_the_site_says_so() -> None:
    assert judged(TEXT + b"1,NYC01,G\xdcRTEL,1\n", encoding="cp1252").rows == 3


def test_columns_may_come_in_any_order_and_with_others() -> None:
    settings = a_site(retail_pro={"columns": {"upc": "ean", "store": "shop", "quantity": "units"}}).retail_pro
    passed = judged(b"units,colour,shop,colour,ean\n1,red,A,red,2\n", columns=settings.columns.model_dump())
    assert list(canonical(passed.columns, settings)) == ["quantity", "other_2", "store_code", "other_4", "upc"]


@pytest.mark.parametrize(
    "header, said",
    [
        (
            b"SBS_NO,STORE_CODE,UPC,QTY",
            ["'UPC' read as 'upc'", "'STORE_CODE' read as 'store_code'", "'QTY' read as 'qty'"],
        ),
        (b"sbs_no,Store Code, upc ,qty", ["'Store Code' read as 'store_code'"]),
        (b"UPC,store_code,upc,qty", []),
    ],
)
def test_a_header_in_other_letters_is_read_and_said(header: bytes, said: list[str]) -> None:
    settings = a_site().retail_pro
    passed = judged(TEXT.replace(HEADER[:-1], header))
    assert list(canonical(passed.columns, settings)) == ["other_1", "store_code", "upc", "quantity"]
    assert renamed_columns(passed.columns, settings) == said


@pytest.mark.parametrize("line, fields", [(0, "its header"), (1, "its first record")])
def test_a_delimiter_too_many_is_seen(line: int, fields: str) -> None:
    lines = TEXT.splitlines()
    lines[line] += b","
    content = b"\n".join(lines) + b"\n"
    columns = judged(content).columns
    assert columns == COLUMNS
    assert extra_delimiter(content, columns, a_site().retail_pro).startswith(f"{fields} ends in a delimiter too many")
    assert extra_delimiter(TEXT, columns, a_site().retail_pro) == ""
