"""What the variance takes off and gives back: HotWax's lines and movements, judged by the rules in sql/."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from duckdb import DuckDBPyConnection

from retailsync_assets.config.loader import Site
from retailsync_assets.resources.lake import Lake, fetch_dicts
from retailsync_assets.resources.oms import Oms
from retailsync_assets.resources.sql import query
from retailsync_assets.variance.shipped_lines import shipped_lines

SHIPPED = {
    "order_id": "VARCHAR",
    "order_item_seq_id": "VARCHAR",
    "ship_group_seq_id": "VARCHAR",
    "shipment_id": "VARCHAR",
    "shipment_item_seq_id": "VARCHAR",
    "facility_id": "VARCHAR",
    "ship_group_facility_id": "VARCHAR",
    "product_id": "VARCHAR",
    "is_the_product_ordered": "INTEGER",
    "line_quantity": "DECIMAL(26,6)",
    "ordered_quantity": "DECIMAL(26,6)",
    "item_quantity": "DECIMAL(26,6)",
    "shipment_status": "VARCHAR",
    "shipped_at": "TIMESTAMP",
    "acknowledged_by_order_at": "TIMESTAMP",
    "acknowledged_by_shipment_at": "TIMESTAMP",
    "order_still_partial": "INTEGER",
    "batch": "INTEGER",
}
"""The answer of `sql/oms/shipped_lines.sql`, and in which batch it came: of two rows of one line the later."""

MOVEMENT = {
    "facility_id": "VARCHAR",
    "product_id": "VARCHAR",
    "inventory_item_id": "VARCHAR",
    "inventory_item_detail_seq_id": "VARCHAR",
    "moved_at": "TIMESTAMP",
    "units": "DECIMAL(26,6)",
    "reason": "VARCHAR",
    "order_id": "VARCHAR",
    "return_id": "VARCHAR",
}
INPUTS = ("filtered_reset", "stores", "applied_reset", "pos_acknowledgements")


@dataclass(frozen=True)
class AsOf:
    """Whose variance, of stock as of when, asked when; `exact` once HotWax's evidence of the reset is there."""

    on: date
    as_of: datetime
    now: datetime
    exact: bool


def compute_variance(
    duck: DuckDBPyConnection, lake: Lake, oms: Oms, site: Site, at: AsOf, *, keep: bool = True
) -> dict[str, Any]:
    """Write a date's `shipped_lines`, `odd_shipments`, `erased_movements` and `partial_shipment_variance`.

    Answers their counts. Without `keep` they are tables of this connection only.

    Reads `INPUTS` of this connection, where one that was not made is empty, and HotWax's database as it is now.
    """

    def make(name: str, **values: object) -> None:
        if keep:
            lake.write_query(duck, at.on, name, **values)
        else:
            lake.run_query(duck, name, **values)

    responses = site.retail_pro.acknowledgements.source == "responses"
    as_of = at.as_of.replace(tzinfo=None)
    lake.load_as(duck, "shipped", SHIPPED, [])
    for number, rows in enumerate(shipped_lines(duck, lake, oms, site, at.on, at.as_of)):
        lake.load_as(duck, f"shipped_{number}", SHIPPED, [{**row, "batch": number} for row in rows])
        duck.table(f"shipped_{number}").insert_into("shipped")
    lake.load_as(duck, "movements", MOVEMENT, _movements(oms, site, at))
    duck.execute(query("raw_file/spelling"))
    lake.attach_earlier(duck, at.on, earlier_nights_stores="stores")
    lake.run_query(duck, "variance/store_codes", on=at.on)
    lake.run_query(duck, "variance/acknowledged_lines")
    lake.run_query(duck, "variance/line_quantities", responses=responses)
    make("variance/odd_shipments")
    lake.run_query(duck, "variance/reset_keys", now=at.now.replace(tzinfo=None), evidence=at.exact)
    make("variance/shipped_lines", as_of=as_of)
    make("variance/erased_movements", as_of=as_of)
    rules = site.variance
    make("variance/partial_shipment_variance", floor=rules.floor_at_zero, rule=rules.rule)
    return fetch_dicts(lake.run_query(duck, "variance/variance_figures", responses=responses))[0]


def _movements(oms: Oms, site: Site, at: AsOf) -> list[dict[str, Any]]:
    if not site.variance.replay_movements:
        return []
    return oms.rows("movements", product_stores=site.product_stores, after=at.as_of, until=at.now)
