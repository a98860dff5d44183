"""Retail Pro's response files: what it has taken note of, at which store, from which moment."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from retailsync_assets.errors import SetupError
from retailsync_assets.resources.site import SiteResources

COLUMNS = ("order_id", "order_item_seq_id", "kind", "store_code", "accepted_at", "document_no")
KINDS = ("INVOICE", "SLIP_OUT", "SLIP_IN")
Row = dict[str, Any]


def read_responses(resources: SiteResources) -> tuple[list[Row], list[str]]:
    """The rows of every `*.csv` in the site's response folder, and one line for each row that can't be read.

    What can't be read acknowledges nothing: its line stays deducted, which can undersell, never oversell. Nothing is
    moved or deleted. Raises `SetupError` for a file without the columns.
    """
    settings = resources.site.retail_pro.acknowledgements
    rows, unreadable = list[Row](), list[str]()
    with resources.retail_pro.session() as session:
        for file in session.plain_files(settings.folder):
            if not file.name.endswith(".csv") or not file.name.isprintable() or "/" in file.name:
                continue
            text = session.read(f"{settings.folder}/{file.name}").decode("utf-8-sig", "replace")
            reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
            header = _header(reader)
            missing = [name for name in COLUMNS if name not in header]
            if missing:
                raise SetupError(f"{settings.folder}/{file.name}: the header has no column {', '.join(missing)}")
            for row in _records(reader):
                found = _row(file.name, row)
                if found is None:
                    unreadable.append(f"{file.name}, line {reader.reader.line_num}")
                else:
                    rows.append(found)
    return rows, unreadable


def _header(reader: "csv.DictReader[str]") -> Sequence[str]:
    try:
        return reader.fieldnames or ()
    except csv.Error:
        return ()


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
    if accepted_at is None or kind not in KINDS or not order or not item:
        return None
    return {
        "order_id": order,
        "order_item_seq_id": item,
        "shipment_id": (row.get("shipment_id") or "").strip() or None,
        "kind": kind,
        "store_code": (row["store_code"] or "").strip(),
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
