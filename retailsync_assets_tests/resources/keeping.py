"""Rows by hand, kept as a table of the lake."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from retailsync_assets.resources.lake import Lake

ON = date(2026, 11, 21)
STORES: list[dict[str, Any]] = [
    {"facility_id": "ATLANTA", "external_facility_id": "ATL01", "facility_name": "Atlanta »Ü«"},
    {"facility_id": "NEW_YORK", "external_facility_id": "NYC01", "facility_name": None},
]


def keep(lake: Lake, table: str = "stores", rows: Sequence[Mapping[str, Any]] = STORES, on: date = ON) -> int:
    """These rows become that table of that date; answers how many there are."""
    with lake.get_connection() as duck:
        lake.load(duck, "by_hand", table, rows)
        return lake.write_table(duck.table("by_hand"), on, table)
