"""Orders as stories: what was sold, what left which store, what was acknowledged."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from retailsync_assets.sandbox.sample.stores_and_products import PRODUCT_STORE

UNBROKERED: Final = "_NA_"


@dataclass(frozen=True)
class Line:
    """One order item; `facility` is what its ship group says, which need not be where it ships from."""

    sku: str
    quantity: int = 1
    status: str = "ITEM_COMPLETED"
    facility: str = UNBROKERED
    method: str = "STANDARD"


@dataclass(frozen=True)
class Unit:
    """`quantity` of order line `line` in a parcel; for a kit one Unit a component, `sku` × `quantity` of it."""

    line: int
    quantity: int
    sku: str | None = None


@dataclass(frozen=True)
class Parcel:
    """A shipment from `facility`; it left `hours` before the snapshot, after it where that is negative."""

    facility: str
    units: tuple[Unit, ...]
    hours: float
    status: str = "SHIPMENT_SHIPPED"
    type_id: str = "SALES_SHIPMENT"


@dataclass(frozen=True)
class Note:
    """An ORDER_FULFILLMENT_HISTORY row `hours` before the snapshot, for a line, a parcel (from 1) or all of it."""

    hours: float
    line: int | None = None
    parcel: int | None = None
    system: str = "RETAIL_PRO"


@dataclass(frozen=True)
class Story:
    """An order. `owed`: units by SKU and FACILITY_ID that the store's raw quantity still holds and HotWax's must not;
    written by hand, so that it checks the pipeline instead of agreeing with it."""

    title: str
    lines: tuple[Line, ...]
    parcels: tuple[Parcel, ...] = ()
    notes: tuple[Note, ...] = ()
    status: str = "ORDER_COMPLETED"
    placed: float = 48
    type_id: str = "SALES_ORDER"
    product_store: str = PRODUCT_STORE
    channel: str = "WEB_SALES_CHANNEL"
    told_twice: bool = False
    owed: Mapping[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])


def numbered(prefix: str, stories: Iterable[Story]) -> dict[str, Story]:
    """Orders by ORDER_ID, from `prefix`0001 on."""
    return {f"{prefix}{number:04d}": story for number, story in enumerate(stories, start=1)}
