import csv
import re
from datetime import datetime
from pathlib import Path

import pytest

from retailsync_assets.sandbox.retail_pro.raw_file import write_raw_file
from retailsync_assets.sandbox.sample.stores_and_products import (
    ONLINE,
    SEED_SKUS,
    SEED_STORES,
    STORES,
    product,
    with_check_digit,
)


@pytest.fixture
def rows(tmp_path: Path, as_of: datetime) -> list[dict[str, str]]:
    with write_raw_file(tmp_path, as_of, lines=20_000).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_product_stands_at_every_store_once(rows: list[dict[str, str]]) -> None:
    codes = {store.external_id for store in STORES}
    by_item: dict[str, list[str]] = {}
    for row in rows:
        by_item.setdefault(row["item_sid"], []).append(row["store_code"])
    assert len(rows) == 20_000
    assert all(len(sid) == 18 and set(stores) == codes and len(stores) == 20 for sid, stores in by_item.items())


def test_no_barcode_belongs_to_two_items(rows: list[dict[str, str]]) -> None:
    items = {(row["upc"].lstrip("0"), row["item_sid"]) for row in rows}
    assert len(items) == len({upc for upc, _ in items}) == 1_000


def test_every_barcode_is_valid_and_every_quantity_a_number(rows: list[dict[str, str]]) -> None:
    barcodes = {row["upc"].zfill(12) for row in rows}
    assert {upc for upc in barcodes if with_check_digit(upc[:11]) != upc} == set()
    assert {row["qty"] for row in rows if not re.fullmatch(r"-?[0-9]+(\.0)?", row["qty"])} == set()


def test_what_is_sold_online_is_spread_through_the_file(rows: list[dict[str, str]]) -> None:
    online = {item.upc for item in ONLINE}
    places = [number for number, row in enumerate(rows) if row["upc"] in online]
    assert len(places) == 107 * 20
    assert {place * 10 // len(rows) for place in places} == set(range(10))


def test_the_seeds_example_is_in_it(rows: list[dict[str, str]]) -> None:
    quantity = {(row["upc"], row["store_code"]): float(row["qty"]) for row in rows}
    found = [[quantity[product(sku).upc, code] for _, code in SEED_STORES.values()] for sku in SEED_SKUS]
    assert found == [[10, 10], [10, 10], [5, 5]]


def test_it_has_what_makes_such_files_hard_to_read(tmp_path: Path, as_of: datetime) -> None:
    text = write_raw_file(tmp_path, as_of, lines=20_000).read_bytes()
    for trait in (b',"T-SHIRT, ""BIG"" RED",', b'"SHIRT, LINEN"', "GÜRTEL".encode(), b",-2\n", b",10.0\n"):
        assert trait in text
    assert text.endswith(b"\n")
    assert b"\r" not in text
