"""What a test's HotWax begins with: stores, products with their barcodes, and units on every shelf."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from retailsync_assets.sandbox.hotwax.rows import Rows
from retailsync_assets.sandbox.sample.odd_products import product_id_of

LONG_AGO = datetime(2025, 1, 1)  # noqa: DTZ001 - the OMS keeps UTC without saying so
LOCATION = "TLTLTLLL01"
STORES = {"F1": "S1", "F2": "S2"}
"""FACILITY_ID → Retail Pro's store code."""

UPCAS = {
    "A": "012345678905",
    "B": "885909950805",
    "C": "001234567895",
    "SOCK-WHT": "036000291452",
    "LACE-BLK": "036000241457",
}
"""HotWax's spelling, zeros intact; Retail Pro's raw files have lost them."""


def catalogue(stores: Mapping[str, str], skus: Iterable[str], shelves: Mapping[tuple[str, str], int]) -> Rows:
    """One product store, STORE, with these stores and products; ten units on every shelf but on those named."""
    rows = Rows()
    rows.add("FACILITY_TYPE", FACILITY_TYPE_ID="RETAIL_STORE", PARENT_TYPE_ID=None)
    rows.add("PRODUCT_TYPE", PRODUCT_TYPE_ID="FINISHED_GOOD", PARENT_TYPE_ID=None, IS_PHYSICAL="Y", IS_DIGITAL="N")
    rows.add("SHOPIFY_SHOP", SHOP_ID="SHOP", PRODUCT_STORE_ID="STORE", IS_ENABLED="Y")
    for facility, code in stores.items():
        rows.add("FACILITY", FACILITY_ID=facility, FACILITY_TYPE_ID="RETAIL_STORE", EXTERNAL_ID=code)
        rows.add("PRODUCT_STORE_FACILITY", PRODUCT_STORE_ID="STORE", FACILITY_ID=facility, FROM_DATE=LONG_AGO)
    for sku in skus:
        add_product(rows, product_id_of(sku), UPCAS[sku], sku)
        for facility in stores:
            units = shelves.get((facility, sku), 10)
            rows.add(
                "INVENTORY_ITEM", INVENTORY_ITEM_ID=f"{sku}-{facility}", PRODUCT_ID=product_id_of(sku),
                FACILITY_ID=facility, LOCATION_SEQ_ID=LOCATION, QUANTITY_ON_HAND_TOTAL=units,
                AVAILABLE_TO_PROMISE_TOTAL=units,
            )  # fmt: skip
    return rows


def add_product(rows: Rows, product_id: str, upca: str, name: str) -> None:
    """A product that is sold online under this barcode."""
    rows.add("PRODUCT", PRODUCT_ID=product_id, PRODUCT_TYPE_ID="FINISHED_GOOD", INTERNAL_NAME=name, IS_VIRTUAL="N")
    rows.add(
        "GOOD_IDENTIFICATION", PRODUCT_ID=product_id, GOOD_IDENTIFICATION_TYPE_ID="UPCA", ID_VALUE=upca,
        FROM_DATE=LONG_AGO,
    )  # fmt: skip
    rows.add("SHOPIFY_SHOP_PRODUCT", SHOP_ID="SHOP", SHOPIFY_PRODUCT_ID=f"70{product_id}", PRODUCT_ID=product_id)
