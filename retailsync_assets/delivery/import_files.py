"""The two files HotWax is sent, to the letter of its import formats: UTF-8, LF, a final newline."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from retailsync_assets.config.loader import HotWax

RESET_HEADER = (
    "facilityId", "externalFacilityId", "idType", "idValue", "availableQty", "locationSeqId", "resetByAtp", "comments",
)  # fmt: skip
VARIANCE_HEADER = (
    "facilityId", "idType", "idValue", "availableDelta", "locationSeqId", "varianceReasonId", "comments",
)  # fmt: skip
VARIANCE_REASON = "VAR_INTEGR"

Row = dict[str, Any]


def split_reset(settings: HotWax, rows: Iterable[Row]) -> list[list[Row]]:
    """The rows of a reset in their order, cut into files of no more than the site's `max_rows_per_file`."""
    ordered = sorted(rows, key=lambda row: (sent_facility(settings, row), row["upca"]))
    most = settings.max_rows_per_file
    return [ordered[at : at + most] for at in range(0, len(ordered), most)]


def reset_file(settings: HotWax, rows: Iterable[Row], snapshot_id: str) -> bytes:
    """`availableQty` like `10`, set by on-hand: Retail Pro knows nothing of reservations."""
    return _csv(
        RESET_HEADER,
        (
            (
                sent_facility(settings, row),
                row["external_facility_id"],
                settings.id_type,
                row["upca"],
                row["quantity"],
                settings.location,
                "false",
                f"snapshot {snapshot_id}",
            )
            for row in rows
        ),
    )


def variance_file(settings: HotWax, rows: Iterable[Row], snapshot_id: str, reset_sha12: str) -> bytes:
    """`availableDelta` like `-2.0`; zeros are left out by whoever hands in the rows."""
    return _csv(
        VARIANCE_HEADER,
        (
            (
                sent_facility(settings, row),
                settings.id_type,
                row["upca"],
                f"{row['delta']}.0",
                settings.location,
                VARIANCE_REASON,
                f"snapshot {snapshot_id}; reset {reset_sha12}",
            )
            for row in rows
        ),
    )


def parse_failed_rows(content: bytes) -> list[Row]:
    """The rows of a failed-records file: facility, id type and id as they were sent, and the error of the last column.

    An id type that it leaves out is "". Raises ValueError when it isn't one: a column is missing, or a row is too short
    to name its key.
    """
    try:
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig", "replace"), newline="")))
    except csv.Error as unreadable:
        raise ValueError(str(unreadable)) from unreadable
    header = [name.strip().casefold() for name in lines[0]] if lines else []
    facility, value = header.index("facilityid"), header.index("idvalue")
    kind = header.index("idtype") if "idtype" in header else None
    if any(len(row) <= max(facility, value, kind or 0) for row in lines[1:] if row):
        raise ValueError("a row is too short to name its key")
    return [
        {
            "facility_id": row[facility].strip(),
            "id_type": "" if kind is None else row[kind].strip(),
            "id_value": row[value].strip(),
            "error": row[-1],
        }
        for row in lines[1:]
        if row
    ]


def keys_of(content: bytes) -> set[tuple[str, str, str]]:
    """The facility, id type and id of every row of a file as it was sent."""
    return {(row["facilityId"], row["idType"], row["idValue"]) for row in csv.DictReader(io.StringIO(content.decode()))}


def sent_facility(settings: HotWax, row: Row) -> str:
    """What stands in the column facilityId: HotWax's id of the store, or Retail Pro's where the site says so."""
    return row["external_facility_id"] if settings.facility_id_from == "external" else row["facility_id"]


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Python quotes a lone carriage return only where it ends lines: so they end in both, and lose one here."""
    lines = list[str]()
    for row in (header, *rows):
        line = io.StringIO(newline="")
        csv.writer(line, lineterminator="\r\n").writerow(row)
        lines.append(line.getvalue().removesuffix("\r\n") + "\n")
    return "".join(lines).encode()
