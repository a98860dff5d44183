"""The end of a raw file that is no data: totals, a count of the rows, rows of nothing, the end mark of DOS."""

import csv
import re
import shutil
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from retailsync_assets.config.loader import RetailPro
from retailsync_assets.raw_file.header import canonical
from retailsync_assets.raw_file.lines import BLANK, COMMENT, EMPTY, NOTHING
from retailsync_assets.raw_file.stream_check import CTRL_Z

TAIL = 1 << 16
FOOTER = "a footer, no record"
END_MARK = "an end-of-file mark (Ctrl-Z)"
WORDS_AT_MOST = 2
"""Of a line with too few or too many fields: more than so many with something in them may have been a record."""

SAYS_SO = re.compile(
    r'[\s"(\[*-]*((grand |sub-?)?totals?\b|end of (file|report|data|export)\b|eof\b|count\b|'
    r"((number|count) of )?(rows?|records?|lines?|items?)\b|[0-9][0-9.,\s]*(rows?|records?|lines?|items?)\b)",
    re.IGNORECASE,
)
TOTAL = re.compile(r"\s*(grand |sub-?)?totals?:?\s*", re.IGNORECASE)


@dataclass
class Footer:
    """From which byte on, how many physical lines that is, and those of them that are not blank, by what they are."""

    start: int = 0
    physical: int = 0
    lines: int = 0
    rules: Counter[str] = field(default_factory=Counter[str])

    def __bool__(self) -> bool:
        return bool(self.rules)


def footer_of(text: Path, columns: tuple[str, ...], settings: RetailPro) -> Footer:
    """What ends a file (as UTF-8) and is no record; nothing, where its last line is one."""
    size = text.stat().st_size
    with text.open("rb") as file:
        file.seek(max(size - TAIL, 0))
        lines = file.readlines()
    found, pending, at = Footer(), 0, size
    for line in reversed(lines[1:]):  # the first is the header, or begins before what was read
        at -= len(line)
        pending += line.endswith(b"\n")
        if line in BLANK:
            continue
        rule = _rule(line.rstrip(b"\r\n"), columns, settings)
        if not rule:
            break
        found.start, found.physical, pending = at, found.physical + pending, 0
        found.lines += line.endswith(b"\n")
        found.rules[rule] += 1
    return found


def without(text: Path, footer: Footer, target: Path) -> None:
    """Copy a file up to its footer."""
    shutil.copyfile(text, target)
    with target.open("r+b") as copy:
        copy.truncate(footer.start)


def _rule(content: bytes, columns: tuple[str, ...], settings: RetailPro) -> str:
    if not content.strip(CTRL_Z):
        return END_MARK
    text = content.decode("utf-8", "replace")
    try:
        (row,) = csv.reader([text], delimiter=settings.delimiter, strict=True)
    except csv.Error:
        return ""
    if all(NOTHING.fullmatch(each) for each in row):
        return EMPTY
    if len(row) != len(columns):
        told = SAYS_SO.match(text) or COMMENT.match(text)
        return FOOTER if told and sum(bool(each.strip()) for each in row) <= WORDS_AT_MOST else ""
    named = dict(zip(canonical(columns, settings), (each.strip() for each in row), strict=True))
    upc, store = named["upc"], named["store_code"]
    keyless = not upc and not store
    return FOOTER if keyless or TOTAL.fullmatch(upc) or TOTAL.fullmatch(store) else ""
