"""Random damage to a file: bytes flipped, cut out, put in, doubled; lines lost, doubled, swapped; its end cut off."""

from collections.abc import Callable

from hypothesis import strategies as st

TOKENS = [
    b'"', b",", b"\n", b"\r", b"\r\n", b"\0", b" ", b"\t", b"0", b"1", b"9999999", b"-", b"+", b"=", b".", b".0",
    b"E+11",
    b"e3", b'""', b'","', b"\xc2\xa0", b"\xe2\x80\x8b", b"\xef\xbb\xbf", b"\xcc\x88", b"\xff", b"\xe9", b"#", b"TOTAL",
    b"TOTAL,,,,99\n", b"# a comment\n", b";", b"1,S1,12345678905,TEE RED,11\n", b"\x1b[2J", b"(4)", b"1,234",
    b",,,,\n", b"\n,,,,", b"\x1a", b"\n\x1a", b"(12 rows affected)\n", b"\nTotal,,,,172\n",
    b"sbs_no,store_code,upc,description1,qty\n", b"-,-,-,-,-\n", b"\nupc,",
]  # fmt: skip
Harm = Callable[[bytes], bytes]


@st.composite
def damaged(draw: st.DrawFn, content: bytes) -> bytes:
    """The content after one to four kinds of harm, one on top of the other."""
    for harm in draw(st.lists(st.sampled_from(HARMS), min_size=1, max_size=4)):
        content = harm(draw, content)
    return content


def _place(draw: st.DrawFn, content: bytes) -> int:
    return draw(st.integers(0, max(len(content) - 1, 0)))


def _flip(draw: st.DrawFn, content: bytes) -> bytes:
    place = _place(draw, content)
    flipped = bytes(byte ^ (1 << draw(st.integers(0, 7))) for byte in content[place : place + 1])
    return content[:place] + flipped + content[place + 1 :]


def _overwrite(draw: st.DrawFn, content: bytes) -> bytes:
    place, token = _place(draw, content), draw(st.sampled_from(TOKENS))
    return content[:place] + token + content[place + len(token) :]


def _cut(draw: st.DrawFn, content: bytes) -> bytes:
    place = _place(draw, content)
    return content[:place] + content[place + draw(st.integers(1, 40)) :]


def _insert(draw: st.DrawFn, content: bytes) -> bytes:
    place = _place(draw, content)
    return content[:place] + draw(st.sampled_from(TOKENS) | st.binary(min_size=1, max_size=3)) + content[place:]


def _double(draw: st.DrawFn, content: bytes) -> bytes:
    place = _place(draw, content)
    end = place + draw(st.integers(1, 60))
    return content[:end] + content[place:end] + content[end:]


def _end(draw: st.DrawFn, content: bytes) -> bytes:
    return content[: _place(draw, content)]


def _swap_lines(draw: st.DrawFn, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    if len(lines) > 1:
        one, other = (draw(st.integers(0, len(lines) - 1)) for _ in "ab")
        lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def _double_line(draw: st.DrawFn, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    return b"".join(lines[: (place := draw(st.integers(0, len(lines))))] + lines[max(place - 1, 0) :])


def _lose_line(draw: st.DrawFn, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    del lines[draw(st.integers(0, len(lines))) :][:1]
    return b"".join(lines)


HARMS = [_flip, _overwrite, _cut, _insert, _double, _end, _swap_lines, _double_line, _lose_line]
