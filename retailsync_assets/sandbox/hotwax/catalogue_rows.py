"""HotWax's master data: stores, products, their barcodes and the shops that list them."""

from datetime import datetime
from itertools import chain
from typing import Final

from retailsync_assets.sandbox.hotwax.rows import Rows, moment
from retailsync_assets.sandbox.sample.odd_products import ODDITIES, OLDER_BARCODES, Barcode
from retailsync_assets.sandbox.sample.orders import UNBROKERED
from retailsync_assets.sandbox.sample.stores_and_products import ONLINE, OUTLET, PRODUCT_STORE, STORES, product

_YEAR: Final = 365 * 24

_FACILITY_TYPES: Final = (
    ("VIRTUAL_FACILITY", None), ("BUILDING", None), ("RETAIL_STORE", "BUILDING"), ("BACKORDER", "VIRTUAL_FACILITY"),
)  # fmt: skip
_PRODUCT_TYPES: Final = (
    ("GOOD", None, "Y", "N"), ("FINISHED_GOOD", "GOOD", "Y", "N"), ("DIGITAL_GOOD", None, "N", "Y"),
    ("MARKETING_PKG", None, "N", "N"), ("MARKETING_PKG_PICK", "MARKETING_PKG", "Y", "N"),
)  # fmt: skip
# (facility, its type, store code, name, closed hours ago, product store, left the product store hours ago)
_OTHER_FACILITIES: Final = (
    ("NEWARK", "RETAIL_STORE", "EWR01", "Newark, closed", _YEAR / 2, PRODUCT_STORE, None),
    ("TAMPA", "RETAIL_STORE", "TPA01", "Tampa, left", None, PRODUCT_STORE, _YEAR / 4),
    ("OUTLET", "RETAIL_STORE", "OUT01", "Outlet", None, OUTLET, None),
    (UNBROKERED, "BACKORDER", None, "Brokering queue", None, PRODUCT_STORE, None),
)
# A shop that is not enabled, a second one that is, and one of another product store.
_SHOPS: Final = (
    ("SHOP", PRODUCT_STORE, "Y"), ("OLD_SHOP", PRODUCT_STORE, "N"), ("WHOLESALE_SHOP", PRODUCT_STORE, "Y"),
    ("OUTLET_SHOP", OUTLET, "Y"),
)  # fmt: skip


def catalogue_rows(as_of: datetime) -> Rows:
    """Everything that stands still in a night."""
    rows = Rows()
    _facilities(rows, as_of)
    for type_id, parent, physical, digital in _PRODUCT_TYPES:
        rows.add(
            "PRODUCT_TYPE", PRODUCT_TYPE_ID=type_id, PARENT_TYPE_ID=parent, IS_PHYSICAL=physical, IS_DIGITAL=digital
        )
    for shop, product_store, enabled in _SHOPS:
        rows.add("SHOPIFY_SHOP", SHOP_ID=shop, PRODUCT_STORE_ID=product_store, IS_ENABLED=enabled)
    _online_products(rows, as_of)
    _odd_products(rows, as_of)
    return rows


def _facilities(rows: Rows, as_of: datetime) -> None:
    for type_id, parent in _FACILITY_TYPES:
        rows.add("FACILITY_TYPE", FACILITY_TYPE_ID=type_id, PARENT_TYPE_ID=parent)
    stores = ((s.facility_id, "RETAIL_STORE", s.external_id, s.name, None, PRODUCT_STORE, None) for s in STORES)
    for facility_id, type_id, external_id, name, closed, product_store, left in chain(stores, _OTHER_FACILITIES):
        rows.add(
            "FACILITY", FACILITY_ID=facility_id, FACILITY_TYPE_ID=type_id, EXTERNAL_ID=external_id,
            FACILITY_NAME=name, CLOSED_DATE=None if closed is None else moment(as_of, closed),
        )  # fmt: skip
        rows.add(
            "PRODUCT_STORE_FACILITY", PRODUCT_STORE_ID=product_store, FACILITY_ID=facility_id,
            FROM_DATE=moment(as_of, 3 * _YEAR), THRU_DATE=None if left is None else moment(as_of, left),
        )  # fmt: skip


def _online_products(rows: Rows, as_of: datetime) -> None:
    for number, item in enumerate(ONLINE):
        rows.add(
            "PRODUCT", PRODUCT_ID=item.product_id, PRODUCT_TYPE_ID="FINISHED_GOOD", INTERNAL_NAME=item.sku,
            IS_VIRTUAL="N", IS_VARIANT="Y" if item.size else "N",
            SALES_DISCONTINUATION_DATE=moment(as_of, -_YEAR) if number == len(ONLINE) - 1 else None,
        )  # fmt: skip
        own = (Barcode(item.upca), Barcode(item.sku, "SKU"), Barcode(f"70{item.product_id}", "SHOPIFY_PROD_ID"))
        for barcode in own:
            _identify(rows, item.product_id, barcode, as_of)
        # Some are listed twice, in an enabled shop and in one that is not: one product all the same.
        listed = ("SHOP", "WHOLESALE_SHOP", "OLD_SHOP") if number % 25 == 4 else ("SHOP",)
        for shop in listed:
            _list(rows, shop, item.product_id)
    for sku, barcode in OLDER_BARCODES:
        _identify(rows, product(sku).product_id, barcode, as_of)


def _odd_products(rows: Rows, as_of: datetime) -> None:
    for item in ODDITIES:
        rows.add(
            "PRODUCT", PRODUCT_ID=item.product_id, PRODUCT_TYPE_ID=item.type_id, INTERNAL_NAME=item.sku,
            IS_VIRTUAL="Y" if item.is_virtual else "N", IS_VARIANT="N",
            SALES_DISCONTINUATION_DATE=moment(as_of, 240) if item.discontinued else None,
        )  # fmt: skip
        for barcode in item.barcodes:
            _identify(rows, item.product_id, barcode, as_of)
        if item.shop is not None:
            _list(rows, item.shop, item.product_id)


def _identify(rows: Rows, product_id: str, barcode: Barcode, as_of: datetime) -> None:
    rows.add(
        "GOOD_IDENTIFICATION", PRODUCT_ID=product_id, GOOD_IDENTIFICATION_TYPE_ID=barcode.type_id,
        ID_VALUE=barcode.value, FROM_DATE=moment(as_of, barcode.since * 24),
        THRU_DATE=None if barcode.until is None else moment(as_of, barcode.until * 24),
    )  # fmt: skip


def _list(rows: Rows, shop: str, product_id: str) -> None:
    rows.add(
        "SHOPIFY_SHOP_PRODUCT", SHOP_ID=shop, SHOPIFY_PRODUCT_ID=f"70{product_id}", PRODUCT_ID=product_id,
        SHOPIFY_INVENTORY_ITEM_ID=f"80{product_id}",
    )  # fmt: skip
