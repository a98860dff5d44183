"""Retail Pro's response files: what it has taken note of, at which store, from which moment."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from retailsync_assets.errors import SetupError
from retailsync_assets.resources.column_name import loosely
from retailsync_assets.resources.site import SiteResources

COLUMNS = ("order_id", "order_item_seq_id", "kind", "store_code", "accepted_at", "document_no")
SHIPMENT = "shipment_id"
"""A column that a file may have or not."""
KINDS = ("INVOICE", "SLIP_OUT", "SLIP_IN")
UNDECODABLE = "\ufffd"
Row = dict[str, Any]


@dataclass(frozen=True)
class Responses:
    """The rows that tell of an acknowledgement, and what does not: each row or file that can't be read, in words."""

    rows: list[Row] = field(default_factory=list[Row])
    unreadable_rows: list[str] = field(default_factory=list[str])
    unreadable_files: list[str] = field(default_factory=list[str])


def read_responses(resources: SiteResources) -> Responses:
    """Every `*.csv` in the site's response folder; nothing is moved or deleted.

    What can't be read acknowledges nothing: its line stays deducted, which can undersell, never oversell.
    """
    settings, found = resources.site.retail_pro.acknowledgements, Responses()
    with resources.retail_pro.session() as session:
        for file in session.plain_files(settings.folder):
            if not file.name.endswith(".csv") or not file.name.isprintable() or "/" in file.name:
                continue
            try:
                content = session.read(f"{settings.folder}/{file.name}")
            except SetupError as refused:
                found.unreadable_files.append(f"{file.name}: {refused}")
                continue
            _read(file.name, content.decode("utf-8-sig", "replace"), found)
    return found


def _read(name: str, text: str, found: Responses) -> None:
    if not text.strip():
        return
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))  # the limit is the process's; it is only ever raised
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    header = _header(reader)
    missing = [column for column in COLUMNS if header.count(column) != 1]
    if missing:
        told = ", ".join(f"{'twice ' if column in header else ''}{column}" for column in missing)
        found.unreadable_files.append(f"{name}: its header does not name once each of: {told}")
        return
    reader.fieldnames = header
    for row in _records(reader):
        acknowledgement = _row(name, row)
        if acknowledgement is None:
            found.unreadable_rows.append(f"{name}, line {reader.reader.line_num}")
        else:
            found.rows.append(acknowledgement)


def _header(reader: "csv.DictReader[str]") -> list[str]:
    """The header's names, ours as we spell them however they are written."""
    try:
        written = reader.fieldnames or ()
    except csv.Error:
        return []
    ours = {loosely(column): column for column in (*COLUMNS, SHIPMENT)}
    return [ours.get(loosely(name), name) for name in written]


def _records(reader: Iterator[dict[str, str | None]]) -> Iterator[dict[str, str | None]]:
    """One after the other; one that is no CSV, such as all that follows a quote which is never closed, is empty."""
    while True:
        try:
            yield next(reader)
        except csv.Error:
            yield {}
        except StopIteration:
            return


def _row(file_name: str, row: dict[str, str | None]) -> Row | None:
    accepted_at = _instant(row.get("accepted_at") or "")
    kind, order, item = ((row.get(name) or "").strip() for name in ("kind", "order_id", "order_item_seq_id"))
    shipment, store = ((row.get(name) or "").strip() for name in (SHIPMENT, "store_code"))
    if accepted_at is None or kind not in KINDS or not order or not item:
        return None
    if UNDECODABLE in "".join((order, item, shipment, store)):
        return None
    return {
        "order_id": order,
        "order_item_seq_id": item,
        "shipment_id": shipment or None,
        "kind": kind,
        "store_code": store,
        "accepted_at": f"{accepted_at:%Y-%m-%d %H:%M:%S.%f}",
        "document_no": (row["document_no"] or "").strip(),
        "file_name": file_name,
    }


def _instant(text: str) -> datetime | None:
    """ISO 8601 with zone; without one it names no instant, nor does one that is out of the calendar in UTC."""
    try:
        found = datetime.fromisoformat(text.strip())
        return found.astimezone(UTC) if found.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None
