"""Which product and which store somebody means: a UPC or SKU, and a store's code, ID or name, in any letter case."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from retailsync_assets.config.nearest import did_you_mean
from retailsync_assets.errors import NotPossible
from retailsync_assets.resources.oms import Oms
from retailsync_assets.resources.site import SiteResources

Row = dict[str, Any]
LONGEST_UPC = 14


@dataclass(frozen=True)
class NamedProduct:
    """`product_id` is None for one that was not active; `upc` is the UPC that was typed, or that of the SKU."""

    name: str
    upc: str
    product_id: str | None = None
    is_known: bool = True


@dataclass(frozen=True)
class NamedStore:
    """`facility_id` is None for one that was not a store of the site; `code` is its store code in Retail Pro."""

    name: str
    code: str
    facility_id: str | None = None
    is_known: bool = True


def named_product(resources: SiteResources, active: Sequence[Row], name: str) -> NamedProduct:
    """Found among the active products of the business date, else among all products that HotWax knows now."""
    key, sku = name.strip().lstrip("0"), name.strip().casefold()
    by_upc = next((row for row in active if row["match_key"] == key), None)
    if by_upc is not None:
        return NamedProduct(name, name, by_upc["product_id"])
    by_sku = next((row for row in active if (row["internal_name"] or "").strip().casefold() == sku), None)
    if by_sku is not None:
        return NamedProduct(name, by_sku["upca"], by_sku["product_id"])
    known = _in_hotwax(resources, name)
    upcas = {row["product_id"]: row["upca"] for row in active}
    for row in known:
        if row["product_id"] in upcas:
            return NamedProduct(name, upcas[row["product_id"]], row["product_id"])
    upc = next((row["upca"] for row in known if row["upca"] and not name.strip().isdigit()), name)
    return NamedProduct(name, upc, is_known=bool(known))


def _in_hotwax(resources: SiteResources, name: str) -> list[Row]:
    """HotWax may write a UPC with any number of leading zeros."""
    key = name.strip().lstrip("0")
    padded = [key.rjust(length, "0") for length in range(len(key), LONGEST_UPC + 1)] if key.isdigit() else []
    spellings = list(dict.fromkeys([name.strip(), name.strip().upper(), *padded]))
    id_type = resources.site.hotwax.id_type
    return resources.oms.rows("named_products", meant=name.strip().lower(), spellings=spellings, id_type=id_type)


def named_store(oms: Oms, stores: Sequence[Row], name: str) -> NamedStore:
    """Found among the site's stores on the business date, else among all facilities that HotWax knows now."""
    meant = name.strip().casefold()
    for column in ("external_facility_id", "facility_id", "facility_name"):
        for row in stores:
            if (row[column] or "").strip().casefold() == meant:
                return NamedStore(name, row["external_facility_id"] or name, row["facility_id"])
    known = oms.rows("named_facilities", meant=name.strip().lower())
    code = known[0]["external_id"] if known else None
    return NamedStore(name, code or name, is_known=bool(known))


def unknown_product(resources: SiteResources, active: Sequence[Row], name: str) -> NotPossible:
    """The error that names the closest active product."""
    rows = active or resources.oms.rows(
        "active_products",
        product_stores=resources.site.product_stores,
        id_type=resources.site.hotwax.id_type,
        as_of=resources.now(),
    )
    known = [each for row in rows for each in (row["upca"], row["internal_name"]) if each]
    return NotPossible(f"neither HotWax nor Retail Pro's file knows the product {name!r}{did_you_mean(name, known)}")


def unknown_store(resources: SiteResources, stores: Sequence[Row], name: str) -> NotPossible:
    """The error that names the closest store of the site."""
    rows = stores or [
        {**row, "external_facility_id": row["external_id"]}
        for row in resources.oms.rows("stores", product_stores=resources.site.product_stores, now=resources.now())
    ]
    columns = ("external_facility_id", "facility_id", "facility_name")
    known = [row[column] for column in columns for row in rows if row[column]]
    return NotPossible(f"neither HotWax nor Retail Pro's file knows the store {name!r}{did_you_mean(name, known)}")
