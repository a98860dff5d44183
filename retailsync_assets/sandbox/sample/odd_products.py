"""What a real HotWax holds besides the products it sells online: each one is here to be left out, and says why."""

from dataclasses import dataclass
from typing import Final

from retailsync_assets.sandbox.sample.stores_and_products import ONLINE, Product, product, with_check_digit


@dataclass(frozen=True)
class Barcode:
    """A GOOD_IDENTIFICATION row, valid from `since` days before the snapshot until `until` days before it."""

    value: str
    type_id: str = "UPCA"
    since: int = 400
    until: int | None = None


@dataclass(frozen=True)
class OddProduct:
    """A product that the nightly list of active products must not have, for the reason given by `why`."""

    why: str
    product_id: str
    barcodes: tuple[Barcode, ...]
    shop: str | None = "SHOP"
    type_id: str = "FINISHED_GOOD"
    is_virtual: bool = False
    discontinued: bool = False

    @property
    def sku(self) -> str:
        return self.why.upper().replace(" ", "-")


def _upca(number: int, prefix: str = "6119") -> Barcode:
    return Barcode(with_check_digit(f"{prefix}{number:07d}"))


_SHARED: Final = _upca(31, prefix="0619")
RETIRED_UPCA: Final = with_check_digit("61190000041")
KIT: Final = "KIT"

ODDITIES: Final = (
    OddProduct("deleted in Shopify", "20001", (_upca(1),), shop=None),
    OddProduct("sold in a disabled shop", "20002", (_upca(2),), shop="OLD_SHOP"),
    OddProduct("virtual parent", "20003", (_upca(3),), is_virtual=True),
    OddProduct("digital", "20004", (_upca(4),), type_id="DIGITAL_GOOD"),
    OddProduct(KIT, "20005", (_upca(5),), type_id="MARKETING_PKG_PICK"),
    OddProduct("discontinued", "20006", (_upca(6),), discontinued=True),
    OddProduct("UPCA expired", "20007", (Barcode(_upca(7).value, until=30),)),
    OddProduct("no UPCA", "20008", ()),
    OddProduct("blank UPCA", "20009", (Barcode(""),)),
    OddProduct("shares a UPCA", "20010", (_SHARED,)),
    OddProduct("shares it without the zero", "20011", (Barcode(_SHARED.value.lstrip("0")),)),
    OddProduct("another product store", "20012", (_upca(12),), shop="OUTLET_SHOP"),
)
# Barcodes of online products beside their own: an older live one, an expired one.
OLDER_BARCODES: Final = (
    ("TEE-BLU-S", Barcode(RETIRED_UPCA, since=900)),
    ("TEE-BLU-M", Barcode(with_check_digit("61190000042"), since=900, until=100)),
)

# Retail Pro forgets nothing: it has all of these too, except what only exists in the web shop.
IN_RETAIL_PRO: Final = (
    *(
        Product(oddity.sku, oddity.product_id, oddity.barcodes[0].value, oddity.why.upper())
        for oddity in ODDITIES
        if oddity.barcodes
        and oddity.barcodes[0].value
        and oddity.why not in {"digital", "virtual parent", KIT, "shares it without the zero"}
    ),
    *(
        Product(f"OLD-{sku}", product(sku).product_id, barcode.value, product(sku).description)
        for sku, barcode in OLDER_BARCODES
    ),
)


_PRODUCT_IDS: Final = {item.sku: item.product_id for item in (*ONLINE, *ODDITIES)}


def product_id_of(sku: str) -> str:
    """PRODUCT_ID of an online product or an oddity. Raises KeyError for any other SKU."""
    return _PRODUCT_IDS[sku]
