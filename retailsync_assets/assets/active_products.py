"""The products that HotWax sells online."""

from datetime import date

import dagster as dg

from retailsync_assets.assets.metadata import materialized
from retailsync_assets.assets.nightly_step import nightly_step
from retailsync_assets.errors import Held
from retailsync_assets.resources.lake import Lake
from retailsync_assets.resources.product_store import check_open_stores, check_sold_online, load_stores
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.resources.site_overlap import first_overlap
from retailsync_assets.resources.sql import version
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
        check_sold_online(site.product_stores, sold)
        check_open_stores(site.product_stores, stores)
        shared = first_overlap(resources.oms, site, sold, stores, as_of=as_of, now=resources.now())
        if shared is not None:
            raise Held(shared)
        lake.load(duck, "sold_online", "active_products", sold)
        load_stores(lake, duck, stores)
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
