"""The products that HotWax sells online."""

from datetime import date

import dagster as dg
from duckdb import DuckDBPyConnection

from retailsync_assets.assets.metadata import materialized
from retailsync_assets.assets.nightly_step import nightly_step
from retailsync_assets.errors import Held
from retailsync_assets.resources.lake import Lake, fetch_dicts
from retailsync_assets.resources.oms import Row
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.resources.site_overlap import first_overlap
from retailsync_assets.resources.sql import query, version
from retailsync_assets.workflow.calendar import clock_time

QUERIES = (
    "oms/active_products",
    "oms/stores",
    "raw_file/spelling",
    "reset/stores_alike",
    "reset/active_products",
    "reset/ambiguous_products",
    "reset/stores",
)


@dg.asset(group_name="reset", kinds={"sql", "parquet"}, code_version=version(*QUERIES), output_required=False)
@nightly_step
def active_products(
    context: dg.AssetExecutionContext, lake: dg.ResourceParam[Lake], resources: dg.ResourceParam[SiteResources]
) -> dg.MaterializeResult[None]:
    """One row per product that HotWax sells online at 01:00 on the business date.

    Columns: `product_id`, `internal_name`, `upca` (as HotWax writes it), `match_key` (without leading zeros). Products
    that share a UPCA are in `ambiguous_products` instead; `stores` lists the site's current stores. Source:
    `sql/oms/active_products.sql`, run in HotWax's database.
    """
    on, site = date.fromisoformat(context.partition_key), resources.site
    as_of = min(clock_time(on, "active_products", site), resources.now())
    values = {"product_stores": site.product_stores}
    with lake.get_connection() as duck:
        sold = resources.oms.rows("active_products", id_type=site.hotwax.id_type, as_of=as_of, **values)
        stores = resources.oms.rows("stores", now=resources.now(), **values)
        _refuse_emptiness(site.product_stores, sold, stores)
        shared = first_overlap(resources.oms, site, sold, stores, as_of=as_of, now=resources.now())
        if shared is not None:
            raise Held(shared)
        lake.load(duck, "sold_online", "active_products", sold)
        lake.load_as(
            duck, "open_stores", dict.fromkeys(("facility_id", "external_id", "facility_name"), "VARCHAR"), stores
        )
        _refuse_shared_code(lake, duck)
        lake.write_query(duck, on, "reset/stores")
        ambiguous = lake.write_query(duck, on, "reset/ambiguous_products")
        lake.write_query(duck, on, "reset/active_products")
    return materialized(
        lake,
        resources,
        "active_products",
        on,
        ambiguous=ambiguous,
        stores=len(stores),
        refreshed_as_of=as_of.isoformat(),
    )


def _refuse_emptiness(product_stores: list[str], sold: list[Row], stores: list[Row]) -> None:
    """An empty list is an error upstream and never means that every product is filtered out."""
    named = ", ".join(product_stores)
    if not sold:
        raise Held(f"HotWax sells nothing online in product store {named}: check product_store and its shops")
    if not stores:
        raise Held(f"product store {named} has no open store: check PRODUCT_STORE_FACILITY")


def _refuse_shared_code(lake: Lake, duck: DuckDBPyConnection) -> None:
    """Each row of the raw file belongs to one store. Reads `open_stores` of this connection."""
    duck.execute(query("raw_file/spelling"))
    twice = [row["store_code"] for row in fetch_dicts(lake.run_query(duck, "reset/stores_alike"))]
    if twice:
        raise Held(
            f"two stores have the same FACILITY.EXTERNAL_ID {', '.join(twice)}: their inventory can't be told apart"
        )
