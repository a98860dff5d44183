"""Retail Pro's response files: what it has taken note of, at which store, from which moment."""

import csv
import io
from datetime import UTC, datetime
from typing import Any

from retailsync_assets.outcomes import Broken
from retailsync_assets.workplace import Workplace

COLUMNS = ("order_id", "order_item_seq_id", "kind", "store_code", "accepted_at", "document_no")
KINDS = ("INVOICE", "SLIP_OUT", "SLIP_IN")
Row = dict[str, Any]


def read_responses(place: Workplace) -> tuple[list[Row], list[str]]:
    """The rows of every `*.csv` in the site's response folder, and one line for each row that can't be read.

    What can't be read acknowledges nothing: its line stays deducted, which can undersell, never oversell. Nothing is
    moved or deleted. Raises `Broken` for a file without the columns.
    """
    settings = place.site.retail_pro.acknowledgements
    rows, unreadable = list[Row](), list[str]()
    with place.retail_pro.session() as session:
        for file in session.plain_files(settings.folder):
            if not file.name.endswith(".csv") or not file.name.isprintable() or "/" in file.name:
                continue
            text = session.read(f"{settings.folder}/{file.name}").decode("utf-8-sig", "replace")
            reader = csv.DictReader(io.StringIO(text))
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
            if missing:
                raise Broken(f"{settings.folder}/{file.name}: the header has no column {', '.join(missing)}")
            for row in reader:
                found = _row(file.name, row)
                if found is None:
                    unreadable.append(f"{file.name}, line {reader.line_num}")
                else:
                    rows.append(found)
    return rows, unreadable


def _row(file_name: str, row: dict[str, str | None]) -> Row | None:
    accepted_at = _instant(row["accepted_at"] or "")
    kind = (row["kind"] or "").strip()
    if accepted_at is None or kind not in KINDS or not row["order_id"] or not row["order_item_seq_id"]:
        return None
    return {
        "order_id": row["order_id"].strip(),
        "order_item_seq_id": row["order_item_seq_id"].strip(),
        "shipment_id": (row.get("shipment_id") or "").strip() or None,
        "kind": kind,
        "store_code": (row["store_code"] or "").strip(),
        "accepted_at": f"{accepted_at:%Y-%m-%d %H:%M:%S.%f}",
        "document_no": (row["document_no"] or "").strip(),
        "file_name": file_name,
    }


def _instant(text: str) -> datetime | None:
    """ISO 8601 with zone; without one it names no instant."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo is not None else None
