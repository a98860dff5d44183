"""Retail Pro's nightly export: every product ever created × store, written whole or not at all."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from retailsync_assets.sandbox.sample.odd_products import IN_RETAIL_PRO
from retailsync_assets.sandbox.sample.stock_levels import on_hand
from retailsync_assets.sandbox.sample.stores_and_products import FACILITY_IDS, ONLINE, STORES, Product
from retailsync_assets.sandbox.sql import statement

STAMP = "%Y%m%d%H%M%S"
Absorbed = Mapping[tuple[str, str], int]


def raw_file_name(as_of: datetime, subsidiary: str = "1") -> str:
    """`RetailPro_Inventory_<subsidiary>_<yyyyMMddHHmmss, UTC>.csv`."""
    return f"RetailPro_Inventory_{subsidiary}_{as_of.astimezone(UTC).strftime(STAMP)}.csv"


def write_raw_file(
    inbox: Path, as_of: datetime, *, lines: int, subsidiary: str = "1", absorbed: Absorbed | None = None
) -> Path:
    """One record per product and store as of that moment; `lines` records, rounded to whole products.

    `absorbed` are units by SKU and FACILITY_ID that Retail Pro has invoiced since the world was seeded. The same
    arguments give the same bytes. The file shows under its name once it is complete and on the disk.
    """
    known = (*ONLINE, *IN_RETAIL_PRO)
    products = max(lines // len(STORES), len(known))
    target = inbox / raw_file_name(as_of, subsidiary)
    part = target.with_name(f".{target.name}.part")
    values = {
        "products": products,
        "stores": [store.external_id for store in STORES],
        "subsidiary": subsidiary,
        "day": as_of.astimezone(UTC).toordinal(),
        "known": [
            _record(item, number * products // len(known), as_of, absorbed or {}) for number, item in enumerate(known)
        ],
    }
    with duckdb.connect(config={"memory_limit": "700MB"}) as machine:
        machine.sql(statement("raw_reset_file"), params=values).write_csv(str(part), header=True)
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    return part.replace(target)


def _record(item: Product, place: int, as_of: datetime, absorbed: Absorbed) -> dict[str, object]:
    day = as_of.astimezone(UTC).date()
    quantities = [on_hand(item.sku, place_id, day) - absorbed.get((item.sku, place_id), 0) for place_id in FACILITY_IDS]
    return {
        "place": place,
        "upc": item.upc,
        "description": item.description,
        "attribute": item.colour or None,
        "item_size": item.size or None,
        "quantities": quantities,
    }
