import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retailsync_assets import csv_gate
from retailsync_assets_tests.csv_gate.judging import HEADER, ROWS, answer

PIECES = st.sampled_from(
    [HEADER, ROWS, b"\n", b"\r\n", b"\r", b"\0", b'"', b"\xef\xbb\xbf", b"\xc3\xbc", b"\xff", b"\x1f\x8b", b"PK\x03\x04"]
)
FILES = st.lists(st.one_of(PIECES, st.binary(max_size=8)), max_size=8).map(b"".join)


@st.composite
def cut(draw: st.DrawFn) -> tuple[bytes, list[bytes]]:
    """A file, and the same file in pieces."""
    content = draw(st.one_of(FILES, FILES.map(lambda tail: HEADER + ROWS + tail)))
    places = sorted(draw(st.lists(st.integers(0, len(content)), max_size=6)))
    return content, [content[start:end] for start, end in zip([0, *places], [*places, len(content)], strict=True)]


@given(cut(), st.sampled_from(["utf-8", "cp1252"]))
def test_any_cut_of_the_same_bytes_is_judged_alike(file: tuple[bytes, list[bytes]], encoding: str) -> None:
    content, pieces = file
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_gate, "LONGEST_LINE", 60)
        whole = answer([content], encoding=encoding)
        assert answer(pieces, encoding=encoding) == whole
        assert answer([bytes([byte]) for byte in content], encoding=encoding) == whole
    if isinstance(whole, csv_gate.Passed):
        assert (whole.size, whole.sha256) == (len(content), hashlib.sha256(content).hexdigest())
        assert whole.lines == content.count(b"\n")


@given(st.lists(st.sampled_from([b"1,A,2,3\n", b"\n"]), max_size=20))
def test_every_line_is_counted_once(lines: list[bytes]) -> None:
    found = answer([HEADER, *lines])
    records = sum(line != b"\n" for line in lines)
    if not records:
        assert found == "quarantined: the file has a header and no record"
        return
    assert isinstance(found, csv_gate.Passed)
    assert (found.lines, found.blank_lines, found.rows) == (len(lines) + 1, len(lines) - records, records)


@pytest.mark.parametrize("length, passes", [(1 << 20, True), ((1 << 20) + 1, False)])
@pytest.mark.parametrize("size", [1 << 16, 1 << 20, 3 << 20])
def test_the_longest_line_is_the_same_for_every_size_of_piece(length: int, passes: bool, size: int) -> None:
    content = HEADER + ROWS + b"x" * length + b"\n"
    pieces = [content[start : start + size] for start in range(0, len(content), size)]
    assert isinstance(answer(pieces), csv_gate.Passed) is passes
