"""A landed raw file line by line, each read by itself: what no parser of the whole file can say, number and place."""

import csv
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from retailsync_assets.config.loader import RetailPro
from retailsync_assets.errors import Quarantined
from retailsync_assets.raw_file.stream_check import LONGEST_LINE
from retailsync_assets.resources.column_name import loosely

BLOCK = 1 << 20
KEPT = 10_000
"""Of how many lines that were left out number, place and text are kept; all of them are counted."""
SHOWN = 1_000
BLANK = (b"\n", b"\r\n")
COMMENT = re.compile(r"\s*(#|//|--|;)")
NOTHING = re.compile(r"[-=_\s]*")
EMPTY = "an empty record"
"""A row of nothing but delimiters, blanks or dashes: it is left out and counted, and speaks against no file."""
SECOND_HEADER = "a second header, of other columns"
NOT_CLOSED = "a quote is not closed"
AFTER_QUOTE = "text stands after a closing quote"
ONE_TOO_MANY = "a field too many"
TOTAL = re.compile(r'[\s"]*(grand |sub-?)?totals?\b', re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """One physical line without its end; `number` counts from 1, the header, `offset` is in bytes from the start."""

    number: int
    offset: int
    content: bytes


@dataclass
class Unreadable:
    """The lines that do not read by themselves: the first of them with their rule, all of them by number and rule."""

    lines: list[tuple[Line, str]] = field(default_factory=list[tuple[Line, str]])
    numbers: list[int] = field(default_factory=list[int])
    rules: Counter[str] = field(default_factory=Counter[str])

    @property
    def broken(self) -> int:
        """How many of them are no rows of nothing."""
        return len(self.numbers) - self.rules[EMPTY]

    def add(self, line: Line, rule: str) -> None:
        """One more."""
        if rule != EMPTY and len(self.lines) < KEPT:
            self.lines.append((line, rule))
        self.numbers.append(line.number)
        self.rules[rule] += 1


def split_off_unreadable(
    landed: Path, target: Path, columns: tuple[str, ...], settings: RetailPro, before: int
) -> Unreadable:
    """Copy the lines that read by themselves into `target`, as UTF-8; answers the others, `before` a line's number.

    A line with one more delimiter at its end is copied without: DuckDB reads it so in some places and fails in others.
    Raises `Quarantined` where a quote is not closed in its line: nobody can tell how far it was meant to go; and where
    another export begins, with other columns.
    """
    fields, names = len(columns), {loosely(name) for name in settings.columns.model_dump().values()}
    found, delimiter = Unreadable(), settings.delimiter.encode()
    with landed.open("rb") as source, target.open("wb") as sound:
        for number, offset, block in _blocks(source):
            kept: list[bytes] = []
            for at, raw in enumerate(block, start=number):
                if at >= before:
                    break
                if at == 1 or _plain(raw, delimiter, fields) or raw in BLANK:
                    kept.append(raw)
                    continue
                content, end = raw.rstrip(b"\r\n"), raw[len(raw.rstrip(b"\r\n")) :]
                rule = why_unreadable(content.decode(settings.encoding), fields, settings.delimiter, names)
                if rule == ONE_TOO_MANY and content.endswith(delimiter):
                    kept.append(content.removesuffix(delimiter) + end)
                elif not rule:
                    kept.append(raw)
                elif rule in (NOT_CLOSED, SECOND_HEADER):
                    raise Quarantined(f"line {at}: {rule}")
                else:
                    found.add(Line(at, offset + sum(map(len, block[: at - number])), content), rule)
            sound.write(b"".join(kept).decode(settings.encoding).encode())
    return found


def why_unreadable(text: str, fields: int, delimiter: str, names: set[str]) -> str:
    """The rule that a line breaks which is to have so many fields, and not to be a header's; empty if it reads."""
    if csv.field_size_limit() < LONGEST_LINE:  # the limit is the process's; it is only ever raised
        csv.field_size_limit(LONGEST_LINE)
    try:
        (row,) = csv.reader([text], delimiter=delimiter, strict=True)
    except csv.Error as broken:
        return NOT_CLOSED if "end of data" in str(broken) else AFTER_QUOTE
    if len(row) == fields:
        return ""
    if all(NOTHING.fullmatch(each) for each in row):
        return EMPTY
    if names <= {loosely(each) for each in row}:
        return SECOND_HEADER
    if COMMENT.match(text):
        return "a comment, no record"
    if TOTAL.match(text.replace(delimiter, " ")):
        return "a total, no record"
    return "a field is missing" if len(row) < fields else ONE_TOO_MANY


def _plain(raw: bytes, delimiter: bytes, fields: int) -> bool:
    return b'"' not in raw and raw.count(delimiter) == fields - 1


def locate(landed: Path, records: list[int], left_out: list[int]) -> dict[int, Line]:
    """The physical lines of records, by their number among the records: header, blanks and lines left out aside.

    Both lists are in order.
    """
    found, record, wanted = dict[int, Line](), 0, iter(records)
    searched = next(wanted, None)
    with landed.open("rb") as source:
        for number, offset, block in _blocks(source):
            out = bisect_left(left_out, number + len(block)) - bisect_left(left_out, number)
            blanks = sum(map(block.count, BLANK))
            inside = len(block) - out - blanks - (number == 1)
            if searched is None or searched > record + inside:
                record += inside
                continue
            numbers = set(left_out[bisect_left(left_out, number) : bisect_left(left_out, number + len(block))])
            for at, raw in enumerate(block, start=number):
                if at > 1 and at not in numbers and raw not in BLANK:
                    record += 1
                    if record == searched:
                        found[record] = Line(at, offset, raw.rstrip(b"\r\n"))
                        searched = next(wanted, None)
                offset += len(raw)
    return found


def line_at(landed: Path, number: int) -> Line | None:
    """One physical line by its number, if the file has so many."""
    with landed.open("rb") as source:
        for first, offset, block in _blocks(source):
            place = number - first
            if place < len(block):
                return Line(number, offset + sum(map(len, block[:place])), block[place].rstrip(b"\r\n"))
    return None


def _blocks(source: BinaryIO) -> Iterator[tuple[int, int, list[bytes]]]:
    """Lines, a million bytes at a time, with the number and the place of the first."""
    number, offset = 1, 0
    while block := source.readlines(BLOCK):
        yield number, offset, block
        number += len(block)
        offset += sum(map(len, block))


def shown(content: bytes, encoding: str) -> str:
    """A line as text that does no harm wherever it is shown: what can't be printed is escaped, a long one is cut."""
    text = content[: 4 * SHOWN].decode(encoding, "backslashreplace")
    cut = "…" if len(text) > SHOWN or len(content) > 4 * SHOWN else ""
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in text[:SHOWN]) + cut
