"""The header once more, rows of nothing, totals at the end: none of it is a record, or a reason to hold a night."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from retailsync_assets.raw_file.footer import footer_of
from retailsync_assets.raw_file.stream_check import StreamCheck
from retailsync_assets_tests.raw_file.damage.filtering import SETTINGS, Filter
from retailsync_assets_tests.raw_file.damage.law import ORIGINAL
from retailsync_assets_tests.raw_file.damage.sample import CONTENT, LINES

HEADER = LINES[0] + b"\n"
COLUMNS = tuple(LINES[0].decode().split(","))


@pytest.fixture
def filtered(tmp_path: Path) -> Iterator[Filter]:
    filtered = Filter(tmp_path)
    yield filtered
    filtered.close()


@pytest.mark.parametrize(
    "content",
    [
        CONTENT + HEADER,
        CONTENT + HEADER + CONTENT.removeprefix(HEADER),
        CONTENT + b"SBS NO,Store Code,UPC,description1,QTY\n" + CONTENT.removeprefix(HEADER),
        CONTENT + HEADER.replace(b"description1", b"name"),
        HEADER + b"------,----------,---,------------,---\n" + CONTENT.removeprefix(HEADER),
        CONTENT + b",,,,\n" * 3,
        CONTENT + b",,,,\n" * 30_000,
        CONTENT.replace(b"\n", b"\n,,,,\n"),
        CONTENT + b" , ,\t,,\n",
        CONTENT + b",,\n,,,,,,,,\n   \n",
        CONTENT + b"Total,,,,,,\n",
        CONTENT + b",,,,5200000\n",
        CONTENT + b"Grand Total:,,,,172\n",
        CONTENT + b"1,S1,TOTAL,,130\n1,S2,TOTAL,,42\n",
        CONTENT + b"TOTAL,172\n\n",
        CONTENT + b"\n(5200000 rows affected)\n",
        CONTENT + b'"(5,200,000 rows affected)"\n',
        CONTENT + b"Rows: 12\n",
        CONTENT + b"-- end of export\n",
        CONTENT + b"\x1a",
        CONTENT + b"\x1a\n",
        CONTENT + b"\x1a\x1a\x1a",
        CONTENT + b",,,,\nTotal,,,,172\n\n(12 rows affected)\n\x1a",
        (CONTENT + b",,,,\nTotal,,,,172\n").replace(b"\n", b"\r\n") + b"\x1a",
    ],
    ids=lambda content: ascii(content.removeprefix(CONTENT)[:50]),
)
def test_everything_else_is_delivered(filtered: Filter, content: bytes) -> None:
    assert filtered.reset(content) == ORIGINAL


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (CONTENT + b"qty,upc,sbs_no,store_code,description1\n10,12345678905,1,S1,TEE\n", "two exports in one file"),
        (CONTENT + b"upc,store_code,qty\n12345678905,S1,10\n", "line 14: a second header, of other columns"),
        (CONTENT + b"sbs_no,store_code,upc,x,y,qty\n", "line 14: a second header, of other columns"),
        (HEADER + b"Total,,,,0\n", "a header and no record"),
        (HEADER + b"\x1a", "a header and no record"),
        (CONTENT[:-1] + b"\x1a", "line 13, the last, has no line end: the file is cut off"),
        (CONTENT + b"1,S1\x1a", "line 14, the last, has no line end: the file is cut off"),
    ],
    ids=lambda each: ascii(each)[:40] if isinstance(each, str) else None,
)
def test_another_file_behind_it_or_a_cut_one_is_quarantined(filtered: Filter, content: bytes, why: str) -> None:
    assert why in str(filtered.reset(content))


@pytest.mark.parametrize(
    "last",
    [
        b"1,S1,36000291452,TOTAL CARE,120",
        b"1,S1,36000291452,,120",
        b"1,S1,,CAP,120",
        b"1,,36000291452,CAP,120",
        b"1,S1,36000291452",
        b"Total care,S1,36000291452",
        b"no record",
        b"36000291452",
    ],
)
def test_what_may_have_been_a_record_is_no_footer(tmp_path: Path, last: bytes) -> None:
    file = tmp_path / "raw.csv"
    file.write_bytes(CONTENT + last + b"\n")
    assert not footer_of(file, COLUMNS, SETTINGS)


def test_each_line_of_it_is_counted_by_what_it_is(tmp_path: Path) -> None:
    file = tmp_path / "raw.csv"
    file.write_bytes(CONTENT + b",,,,\n\nTotal,,,,172\n(12 rows affected)\n\n\x1a")
    found = footer_of(file, COLUMNS, SETTINGS)
    assert (found.start, found.physical, found.lines) == (len(CONTENT), 5, 3)
    assert dict(found.rules) == {
        "an empty record": 1, "a footer, no record": 2, "an end-of-file mark (Ctrl-Z)": 1,
    }  # fmt: skip


def test_the_end_mark_is_no_line() -> None:
    gates = [StreamCheck(SETTINGS) for _ in "ab"]
    gates[0].feed(CONTENT)
    gates[1].feed(CONTENT + b"\x1a")
    assert len({(each.result().lines, each.result().rows) for each in gates}) == 1
