import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retailsync_assets.raw_file import stream_check
from retailsync_assets_tests.raw_file.judging import HEADER, ROWS, answer

LINES = st.sampled_from([b"1,A,2,3\n", b"1,\xff,2,3\n", b"1,A,\0,3\n", b"x" * 70 + b"\n", b"1,\xc3\xbc,2,3\r\n", b"\n"])
ENDS = st.sampled_from([b"", b"1,A,2,3", b"\r", b"\0", b"\xc3", b"x" * 70])
STARTS = st.sampled_from(
    [b"", HEADER + ROWS, b"\xef\xbb\xbf" + HEADER, b"\x1f\x8b", b"PK\x03\x04", b"\xef\xbb\xbfPK\x03\x04"]
)


@st.composite
def cut(draw: st.DrawFn) -> tuple[bytes, list[bytes]]:
    """A file, and the same file in pieces."""
    content = draw(STARTS) + b"".join(draw(st.lists(LINES, max_size=6))) + draw(ENDS)
    places = sorted(draw(st.lists(st.integers(0, len(content)), max_size=6)))
    return content, [content[start:end] for start, end in zip([0, *places], [*places, len(content)], strict=True)]


@settings(max_examples=200)
@given(cut(), st.sampled_from(["utf-8", "utf-8", "cp1252"]))
def test_any_cut_of_the_same_bytes_is_judged_alike(file: tuple[bytes, list[bytes]], encoding: str) -> None:
    content, pieces = file
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stream_check, "LONGEST_LINE", 60)
        whole = answer([content], encoding=encoding)
        assert answer(pieces, encoding=encoding) == whole
        assert answer([bytes([byte]) for byte in content], encoding=encoding) == whole
    if isinstance(whole, stream_check.FileFacts):
        assert (whole.size, whole.sha256) == (len(content), hashlib.sha256(content).hexdigest())
        assert whole.lines == content.count(b"\n")


@given(st.lists(st.sampled_from([b"1,A,2,3\n", b"\n"]), max_size=20))
def test_every_line_is_counted_once(lines: list[bytes]) -> None:
    found = answer([HEADER, *lines])
    records = sum(line != b"\n" for line in lines)
    if not records:
        assert found == "quarantined: the file has a header and no record"
        return
    assert isinstance(found, stream_check.FileFacts)
    assert (found.lines, found.blank_lines, found.rows) == (len(lines) + 1, len(lines) - records, records)


@pytest.mark.parametrize("length, passes", [(1 << 20, True), ((1 << 20) + 1, False)])
@pytest.mark.parametrize("size", [1 << 16, 1 << 20, 3 << 20])
def test_the_longest_line_is_the_same_for_every_size_of_piece(length: int, passes: bool, size: int) -> None:
    content = HEADER + ROWS + b"x" * length + b"\n"
    pieces = [content[start : start + size] for start in range(0, len(content), size)]
    assert isinstance(answer(pieces), stream_check.FileFacts) is passes
