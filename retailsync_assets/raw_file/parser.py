"""A landed raw file as records: every line of it is accounted for, or none of it counts."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from duckdb import DuckDBPyConnection, DuckDBPyRelation

from retailsync_assets.config.loader import RetailPro
from retailsync_assets.config.wording import counted
from retailsync_assets.errors import Quarantined
from retailsync_assets.raw_file.footer import Footer, footer_of, without
from retailsync_assets.raw_file.header import canonical
from retailsync_assets.raw_file.lines import KEPT, SECOND_HEADER, Line, Unreadable, locate, shown, split_off_unreadable
from retailsync_assets.raw_file.stream_check import FileFacts
from retailsync_assets.resources.column_name import loosely
from retailsync_assets.resources.lake import fetch_dicts
from retailsync_assets.resources.sql import query

SCIENTIFIC = "UPC in scientific notation"
SCIENTIFIC_AT_MOST = 5


@dataclass(frozen=True)
class LandedFile(FileFacts):
    """A raw file that passed the byte gate: `text` is the same as UTF-8, `sound` where a sifted copy may lie."""

    landed: Path
    text: Path
    sound: Path


@dataclass(frozen=True)
class ParsedFile:
    """What DuckDB read of which file, and the lines it was not given: together all lines but header and blanks.

    Of the records `without_data` are none: the header once more, or rows of nothing.
    """

    path: Path
    records: int
    without_data: int
    unreadable: Unreadable
    footer: Footer


def parse(duck: DuckDBPyConnection, file: LandedFile, settings: RetailPro) -> ParsedFile:
    """`raw_scan` of this connection from one file, strictly; if that fails, from its sound lines.

    Raises `Quarantined` where lines and records do not come out even. Reads `active_products` of this connection.
    """
    duck.execute(query("raw_file/spelling"))
    duck.sql(query("raw_file/wanted")).create("wanted")
    file.sound.unlink(missing_ok=True)
    footer, path = footer_of(file.text, file.columns, settings), file.text
    rows = file.rows - footer.lines
    if not rows:
        raise Quarantined("the file has a header and no record")
    if footer:
        without(file.text, footer, file.sound)
        path = file.sound
    if _read(duck, path, file, settings) == rows:
        return ParsedFile(path, rows, _without_data(duck), Unreadable(), footer)
    try:
        before = file.lines - footer.physical + 1
        unreadable = split_off_unreadable(file.landed, file.sound, file.columns, settings, before)
        left = rows - len(unreadable.numbers)
        if left < unreadable.broken:
            line, rule = unreadable.lines[0]
            few = f"{unreadable.broken:,} of {counted(rows, 'line')} can't be read as records"
            raise Quarantined(f"{few}, the first of them line {line.number}: {rule}")
        records = _read(duck, file.sound, file, settings)
        if records is None or records != left:
            read = "none" if records is None else str(records)
            raise Quarantined(f"{counted(left, 'record')} came in, {read} can be read as CSV: a quote is not closed")
    except Quarantined:
        file.sound.unlink(missing_ok=True)
        raise
    return ParsedFile(file.sound, records, _without_data(duck), unreadable, footer)


def _without_data(duck: DuckDBPyConnection) -> int:
    found = duck.table("raw_scan").filter("is_no_data(upc_rule)")
    return found.aggregate("CAST(coalesce(sum(rows), 0) AS BIGINT)").fetchall()[0][0]


def _read(duck: DuckDBPyConnection, path: Path, file: LandedFile, settings: RetailPro) -> int | None:
    """How many records DuckDB made of it, None if it refused."""
    duck.execute("DROP TABLE IF EXISTS raw_scan")
    try:
        show_records(duck, path, file.columns, settings)
        duck.sql(query("raw_file/raw_scan"), params=_header_names(file, settings)).create("raw_scan")
    except (duckdb.InvalidInputException, duckdb.ConversionException):
        return None
    return duck.table("raw_scan").aggregate("CAST(coalesce(sum(rows), 0) AS BIGINT)").fetchall()[0][0]


def _header_names(file: LandedFile, settings: RetailPro) -> dict[str, object]:
    """What stands where the records have UPC and store code, if a record is the header once more; and all its names."""
    return {
        "upc_name": loosely(settings.columns.upc),
        "store_name": loosely(settings.columns.store),
        "names": [loosely(name) for name in file.columns],
    }


def show_records(duck: DuckDBPyConnection, path: Path, columns: tuple[str, ...], settings: RetailPro) -> None:
    """Make a raw file readable as `raw_records` of this connection."""
    records_of(duck, path, columns, settings).create_view("raw_records", replace=True)


def records_of(duck: DuckDBPyConnection, path: Path, columns: tuple[str, ...], settings: RetailPro) -> DuckDBPyRelation:
    """The records of a raw file: all text, read strictly."""
    return duck.read_csv(
        str(path),
        header=True,
        delimiter=settings.delimiter,
        quotechar='"',
        escapechar='"',
        comment="",
        columns=canonical(columns, settings),
    )


def apply_rules(duck: DuckDBPyConnection, settings: RetailPro, absurd: int) -> None:
    """`in_scope` and `unreadable_records` of this connection, from `raw_scan` and `stores`.

    Raises `Quarantined` for a file that a spreadsheet has rewritten.
    """
    duck.sql(query("raw_file/unreadable_records")).create("unreadable_records")
    found = {row["rule"]: row["rows"] for row in fetch_dicts(duck.table("unreadable_records"))}
    if SECOND_HEADER in found:
        raise Quarantined(f"it has {SECOND_HEADER}: two exports in one file")
    if found.get(SCIENTIFIC, 0) > SCIENTIFIC_AT_MOST:
        rewritten = counted(found[SCIENTIFIC], "UPC is", "UPCs are")
        raise Quarantined(f"{rewritten} in scientific notation, such as 1.23E+11: it was opened in Excel and saved")
    duck.sql(query("raw_file/in_scope"), params={"absurd": absurd}).create("in_scope")


def is_whole(duck: DuckDBPyConnection, scanned: ParsedFile) -> bool:
    """Was nothing left out? Reads `in_scope` and `unreadable_records` of this connection."""
    broken = duck.table("in_scope").filter("rule IS NOT NULL").limit(1).fetchall()
    return not broken and not scanned.unreadable.broken and not duck.table("unreadable_records").limit(1).fetchall()


def left_out(
    duck: DuckDBPyConnection, file: LandedFile, scanned: ParsedFile, settings: RetailPro
) -> list[dict[str, Any]]:
    """Where every line that was left out is: 10,000 at most that can't be read, and as many records, by their number.

    A second look at the file, as `raw_records`. Leaves `broken_records` in this connection, and reads `in_scope` of it.
    """
    show_records(duck, scanned.path, file.columns, settings)
    duck.sql(query("raw_file/broken_records"), params={"most": KEPT}).create("broken_records")
    records = [number for (number,) in duck.table("broken_records").project("record").order("record").fetchall()]
    found = locate(file.landed, records, scanned.unreadable.numbers)
    return [
        *(_located(line, settings, rule=rule) for line, rule in scanned.unreadable.lines),
        *(_located(line, settings, record=record) for record, line in found.items()),
    ]


def _located(line: Line, settings: RetailPro, **more: int | str) -> dict[str, Any]:
    return {"line": line.number, "byte_offset": line.offset, "raw": shown(line.content, settings.encoding), **more}
