"""A raw file's bytes, judged while they pass: hash, encoding, lines and header. What fails here reaches no parser."""

import codecs
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass

from retailsync_assets.config.loader import RetailPro
from retailsync_assets.errors import Quarantined
from retailsync_assets.raw_file.header import columns_of

MAGIC = {b"\x1f\x8b": "gzip", b"PK\x03\x04": "zip", b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16", b"%PDF": "PDF"}
MAGIC_BYTES = max(map(len, MAGIC))
CTRL_Z = b"\x1a"
"""What DOS ends a file with; alone behind the last line end it says nothing of what is missing."""
LONGEST_LINE = 1 << 20
TOO_LONG = f"is longer than {LONGEST_LINE} bytes"


@dataclass(frozen=True)
class FileFacts:
    """What a raw file is, byte by byte: `columns` are the header's names in order, `lines` counts the header too."""

    sha256: str
    size: int
    lines: int
    blank_lines: int
    columns: tuple[str, ...]

    @property
    def rows(self) -> int:
        """Records: every line but the header and the blanks."""
        return self.lines - 1 - self.blank_lines


class StreamCheck:
    """Feed it every chunk in order, then ask `result()`; it keeps one unfinished line and the first rule broken."""

    def __init__(self, settings: RetailPro) -> None:
        self._settings = settings
        self._hash = hashlib.sha256()
        self._start = b""
        self._header = b""
        self._unfinished = b""
        self._problem = ""
        self._size = self._lines = self._returns = self._pairs = self._blanks = 0

    def feed(self, chunk: bytes) -> None:
        """The next bytes."""
        self._hash.update(chunk)
        self._size += len(chunk)
        self._start += chunk[: MAGIC_BYTES - len(self._start)]
        if self._problem:
            return
        if end := chunk.rfind(b"\n") + 1:
            self._judge_lines(b"".join((self._unfinished, memoryview(chunk)[:end])))
            self._unfinished = chunk[end:]
        else:
            self._unfinished += chunk
        if len(self._unfinished) > LONGEST_LINE and not self._problem:
            self._problem = f"line {self._lines + 1} {TOO_LONG}"

    def _judge_lines(self, block: bytes) -> None:
        if self._lines == 0:
            self._header = block.removeprefix(codecs.BOM_UTF8).partition(b"\n")[0].removesuffix(b"\r")
        if faults := list(self._faults(block)):
            position, fault = min(faults)
            line = self._lines + block.count(b"\n", 0, position) + 1
            self._problem = f"line {line} {fault}"
        lines = io.BytesIO(block).readlines()  # one pass for what counting and searching line ends takes two for
        self._lines += len(lines)
        if b"\n" in lines:
            self._blanks += lines.count(b"\n")
        if b"\r" in block:
            self._returns += block.count(b"\r")
            self._pairs += block.count(b"\r\n")
            self._blanks += lines.count(b"\r\n")

    def _faults(self, block: bytes) -> Iterator[tuple[int, str]]:
        """The first place of each fault in whole lines: so the first of them is the same however the bytes came."""
        if b"\0" in block:
            yield block.index(0), "has a NUL byte"
        try:
            block.decode(self._settings.encoding)
        except UnicodeDecodeError as broken:
            yield broken.start, f"is not {self._settings.encoding}"
        start = 0
        while len(block) - start > LONGEST_LINE + 1:
            end = block.rfind(b"\n", start, start + LONGEST_LINE + 1)
            if end < 0:
                yield start, TOO_LONG
                return
            start = end + 1

    @property
    def sha256(self) -> str:
        """Hash of the bytes so far, in hex."""
        return self._hash.hexdigest()

    def result(self) -> FileFacts:
        """What passed; raises `Quarantined` with the first rule that the file breaks."""
        if self._size == 0:
            raise Quarantined("the file is empty")
        for magic, kind in MAGIC.items():
            if self._start.startswith(magic):
                raise Quarantined(f"the file is {kind}, not text; send it plain")
        if self._problem:
            raise Quarantined(self._problem)
        if self._unfinished.strip(CTRL_Z):
            raise Quarantined(f"line {self._lines + 1}, the last, has no line end: the file is cut off")
        if self._returns not in (0, self._lines) or self._pairs != self._returns:
            raise Quarantined("its line ends are mixed: expected LF throughout, or CRLF throughout")
        columns = columns_of(self._header.decode(self._settings.encoding), self._settings)
        passed = FileFacts(self.sha256, self._size, self._lines, self._blanks, columns)
        if passed.rows <= 0:
            raise Quarantined("the file has a header and no record")
        return passed
