"""One SKU-location explained: Retail Pro's on-hand quantity, the deductions by order, HotWax's on-hand quantity."""

import re
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from duckdb import DuckDBPyConnection

from retailsync_assets.cli.named_key import named_product, named_store, unknown_product, unknown_store
from retailsync_assets.delivery.applied_rows import variances_delivered
from retailsync_assets.ledger.models import NightState, Snapshot
from retailsync_assets.raw_file.landing import readable
from retailsync_assets.raw_file.parser import show_records
from retailsync_assets.resources.known_tables import attach
from retailsync_assets.resources.lake import Lake, fetch_dicts
from retailsync_assets.resources.site import SiteResources

WHOLE = re.compile(r"(-?[0-9]{1,18})(\.0+)?")
TABLES = (
    "stores",
    "active_products",
    "filtered_reset",
    "partial_shipment_variance",
    "applied_reset",
    "unmatched_keys",
    "shipped_lines",
    "erased_movements",
)


@dataclass(frozen=True)
class Explanation:
    """One SKU-location on one business date, as the JSON has it; a number that doesn't exist is None."""

    site: str
    business_date: str
    upc: str
    store: str
    facility_id: str | None = None
    product_id: str | None = None
    snapshot_as_of: str | None = None
    raw_quantity: int | None = None
    reset_quantity: int | None = None
    deducted: tuple[dict[str, Any], ...] = field(default_factory=tuple[dict[str, Any], ...])
    variance: int | None = None
    target_quantity: int | None = None
    hotwax_quantity: int | None = None
    status: str = "pending"
    replayed: tuple[dict[str, Any], ...] | None = None

    def document(self) -> dict[str, Any]:
        """The JSON of `retailsync explain`; `replayed` is there only where the site replays movements."""
        return {key: value for key, value in asdict(self).items() if key != "replayed" or value is not None}


def explain(resources: SiteResources, on: date, product: str, store: str) -> Explanation:
    """What became of one product (UPC or SKU) at one store (code, facility ID or name) on one business date.

    Raises `NotPossible`, with the closest, for one that neither HotWax nor Retail Pro's file knows.
    """
    standing = resources.night(on)
    lake = Lake(resources.home, resources.site.name)
    with lake.get_connection() as duck:
        attach(duck, lake, standing, *TABLES)
        lake.load(duck, "variance_delivered", "variance_delivery", variances_delivered(resources, lake, standing))
        active, stores = (fetch_dicts(duck.view(table)) for table in ("active_products", "stores"))
        sku, place = named_product(resources, active, product), named_store(resources.oms, stores, store)
        raw = _raw(resources, lake, duck, standing.snapshot, sku.upc, place.code)
        if not sku.is_known and not raw["has_upc"]:
            raise unknown_product(resources, active, product)
        if not place.is_known and not raw["has_store"]:
            raise unknown_store(resources, stores, store)
        ids = {"facility_id": place.facility_id, "product_id": sku.product_id}
        key: dict[str, Any] = {**fetch_dicts(lake.run_query(duck, "cli/explained_key", **ids))[0], **ids}
        lines = _lines(resources, lake, duck, key)
        movements = _movements(resources, lake, duck, key)
    delivered = key["delivered_variance"]
    variance = delivered if delivered is not None else key["computed_variance"]
    reset: int | None = key["reset_quantity"]
    variance = None if reset is None or key["applied"] is False else int(variance or 0)
    target = None if reset is None or variance is None else reset + variance
    on_hand = _on_hand(resources, key)
    is_there = bool(key["applied"]) and on_hand == target and (not variance or delivered is not None)
    return Explanation(
        site=resources.site.name,
        business_date=on.isoformat(),
        upc=sku.upc,
        store=store,
        facility_id=key["facility_id"],
        product_id=key["product_id"],
        snapshot_as_of=None if standing.snapshot is None else f"{standing.snapshot.as_of:%Y-%m-%dT%H:%M:%SZ}",
        raw_quantity=key["raw_quantity"] if key["raw_quantity"] is not None else _whole(raw["quantities"]),
        reset_quantity=reset,
        deducted=() if variance is None else lines,
        variance=variance,
        target_quantity=target,
        hotwax_quantity=on_hand,
        status=_status(standing, key, is_there=is_there),
        replayed=movements if movements is None or variance is not None else (),
    )


def _raw(
    resources: SiteResources, lake: Lake, duck: DuckDBPyConnection, snapshot: Snapshot | None, upc: str, store: str
) -> dict[str, Any]:
    if snapshot is None or not (lake.landing / f"{snapshot.sha256}.csv").is_file():
        return {"has_upc": False, "has_store": False, "quantities": []}
    settings = resources.site.retail_pro
    show_records(duck, readable(lake.landing, snapshot, settings.encoding), snapshot.columns, settings)
    return fetch_dicts(lake.run_query(duck, "cli/raw_of_key", upc=upc, store=store))[0]


def _whole(written: list[str]) -> int | None:
    """The one quantity of a SKU-location, where it is a whole number."""
    found = WHOLE.fullmatch(written[0]) if len(set(written)) == 1 else None
    return int(found[1]) if found else None


def _lines(
    resources: SiteResources, lake: Lake, duck: DuckDBPyConnection, key: dict[str, Any]
) -> tuple[dict[str, Any], ...]:
    values = {name: key[name] or "" for name in ("facility_id", "product_id")}
    rows = fetch_dicts(lake.run_query(duck, "cli/explained_lines", rule=resources.site.variance.rule, **values))
    times = ("shipped_at", "acknowledged_at")
    return tuple({**row, **{name: _zulu(row[name]) for name in times}} for row in rows)


def _movements(
    resources: SiteResources, lake: Lake, duck: DuckDBPyConnection, key: dict[str, Any]
) -> tuple[dict[str, Any], ...] | None:
    if not resources.site.variance.replay_movements:
        return None
    values = {name: key[name] or "" for name in ("facility_id", "product_id")}
    rows = fetch_dicts(lake.run_query(duck, "cli/explained_movements", **values))
    return tuple({**row, "moved_at": _zulu(row["moved_at"])} for row in rows)


def _zulu(moment: datetime | None) -> str | None:
    return None if moment is None else f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _on_hand(resources: SiteResources, key: dict[str, Any]) -> int | None:
    if key["facility_id"] is None or key["product_id"] is None:
        return None
    rows = resources.oms.rows("on_hand_of_key", facility_id=key["facility_id"], product_id=key["product_id"])
    return int(Decimal(str(rows[0]["on_hand"]))) if rows and rows[0]["on_hand"] is not None else None


def _status(standing: NightState, key: dict[str, Any], *, is_there: bool) -> str:
    """`is_there`: HotWax applied the reset's row, and has the target now."""
    if "active_products" not in standing.made:
        return "pending"
    if key["facility_id"] is None:
        return "not a store of this site"
    if key["product_id"] is None:
        return "not active"
    if "filtered_reset" not in standing.made:
        return "pending"
    if key["reset_quantity"] is None:
        return str(key["missing_because"] or "not in the raw file")
    if key["applied"] is False:
        return "reset row failed"
    complete = standing.is_of_current_deliveries("applied_inventory")
    return "applied" if complete or is_there else "pending"
