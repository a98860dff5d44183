"""Who trades here and with what: twenty stores, 107 products sold online, and the oddities around them."""

from dataclasses import dataclass
from itertools import product as every
from typing import Final

PRODUCT_STORE: Final = "STORE"
OUTLET: Final = "OUTLET_STORE"


@dataclass(frozen=True)
class Store:
    """A shop with stock. `external_id` is Retail Pro's store code, `facility_id` HotWax's own."""

    facility_id: str
    external_id: str
    name: str


STORES: Final = (
    Store("NEW_YORK", "NYC01", "New York"),
    Store("NASHVILLE", "NSH01", "Nashville"),
    Store("ATLANTA", "ATL01", "Atlanta"),
    Store("AUSTIN", "AUS01", "Austin"),
    Store("BOSTON", "BOS01", "Boston"),
    Store("CHARLOTTE", "CLT01", "Charlotte"),
    Store("CHICAGO", "CHI01", "Chicago"),
    Store("CHICAGO_NORTH", "CHI02", "Chicago North"),
    Store("CLEVELAND", "CLE01", "Cleveland"),
    Store("DALLAS", "DAL01", "Dallas"),
    Store("DENVER", "DEN01", "Denver"),
    Store("HOUSTON", "HOU01", "Houston"),
    Store("LOS_ANGELES", "LAX01", "Los Angeles"),
    Store("MIAMI", "MIA01", "Miami"),
    Store("NEW_YORK_SOHO", "NYC02", "New York SoHo"),
    Store("PHILADELPHIA", "PHL01", "Philadelphia"),
    Store("PHOENIX", "PHX01", "Phoenix"),
    Store("PORTLAND", "PDX01", "Portland"),
    Store("SAN_DIEGO", "SAN01", "San Diego"),
    Store("SEATTLE", "SEA01", "Seattle"),
)
FACILITY_IDS: Final = tuple(store.facility_id for store in STORES)


def with_check_digit(eleven: str) -> str:
    """A UPC-A: `eleven` digits and the check digit they demand."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(eleven))
    return f"{eleven}{-total % 10}"


@dataclass(frozen=True)
class Product:
    """`sku` is HotWax's INTERNAL_NAME. `upca` has its zeros; Retail Pro's `upc` has lost them where `zeros_lost`."""

    sku: str
    product_id: str
    upca: str
    description: str
    colour: str = ""
    size: str = ""
    zeros_lost: bool = False

    @property
    def upc(self) -> str:
        return self.upca.lstrip("0") if self.zeros_lost else self.upca


def _numbered(number: int, sku: str, description: str, colour: str = "", size: str = "") -> Product:
    """Every fifth UPCA begins with 0 and every tenth with 00; every other one of these lost them in Retail Pro."""
    prefix = "0061" if number % 10 == 0 else "0611" if number % 5 == 0 else "6110"
    upca = with_check_digit(f"{prefix}{20_000 + number * 7:07d}")
    return Product(sku, f"{10_000 + number}", upca, description, colour, size, zeros_lost=number % 20 in {0, 5})


SEED_SKUS: Final = ("A", "B", "C")
SEED_STORES: Final = {store.name: (store.facility_id, store.external_id) for store in STORES[:2]}

_STYLES: Final = (("TEE", "T-SHIRT"), ("POLO", "POLO"), ("HOOD", "HOODIE"), ("JEAN", "JEANS"))
_COLOURS: Final = {"RED": "RED", "BLU": "BLUE", "BLK": "BLACK", "WHT": "WHITE", "GRÜ": "GRÜN", "NVY": "NAVY"}
_SIZES: Final = ("S", "M", "L", "XL")
_KIT_PARTS: Final = (("SOCK-WHT", "SOCKS"), ("LACE-BLK", "LACES"))


def _online() -> tuple[Product, ...]:
    named = [(sku, f"ARTICLE {sku}", "", "") for sku in SEED_SKUS]
    named += [
        (f"{style}-{code}-{size}", f"{description} {colour}", code, size)
        for (style, description), (code, colour), size in every(_STYLES, _COLOURS.items(), _SIZES)
    ]
    named += [(f"CAP-{code}", f'CAP, "BIG" {colour}', code, "") for code, colour in _COLOURS.items()]
    named += [(sku, description, "", "") for sku, description in _KIT_PARTS]
    return tuple(_numbered(number, *fields) for number, fields in enumerate(named, start=1))


ONLINE: Final = _online()
_BY_SKU: Final = {item.sku: item for item in ONLINE}


def product(sku: str) -> Product:
    """The online product of that SKU. Raises KeyError for any other."""
    return _BY_SKU[sku]


def upca(sku: str) -> str:
    """HotWax's spelling of the product's barcode: twelve digits, zeros intact."""
    return product(sku).upca


def facility(name: str) -> Store:
    """The store of that FACILITY_ID. Raises KeyError for any other."""
    return _BY_FACILITY[name]


_BY_FACILITY: Final = {store.facility_id: store for store in STORES}
