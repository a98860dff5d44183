"""What can be told of a PNG without a library: its size, and whether there is anything in it."""

import struct
import zlib
from pathlib import Path

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def size(file: Path) -> tuple[int, int]:
    """Width and height; raises AssertionError where it is no PNG."""
    head = file.read_bytes()[:24]
    assert head.startswith(SIGNATURE)
    return struct.unpack(">II", head[16:24])


def lines_that_differ(file: Path) -> int:
    """Of the lines of dots, how many are not the same as another: 1 or 2 in a picture of nothing."""
    content, at, data = file.read_bytes(), len(SIGNATURE), b""
    while at < len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        data += content[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += length + 12
    dots, height = zlib.decompress(data), size(file)[1]
    line = len(dots) // height
    return len({dots[start : start + line] for start in range(0, len(dots), line)})
