"""What a site's product stores need to have in HotWax before anything is filtered; raises `Held` without it."""

from duckdb import DuckDBPyConnection

from retailsync_assets.errors import Held
from retailsync_assets.resources.lake import Lake, fetch_dicts
from retailsync_assets.resources.oms import Row
from retailsync_assets.resources.sql import query


def check_sold_online(product_stores: list[str], sold: list[Row]) -> None:
    """An empty list is an error upstream and never means that every product is filtered out."""
    if not sold:
        named = ", ".join(product_stores)
        raise Held(f"HotWax sells nothing online in product store {named}: check product_store and its shops")


def check_open_stores(product_stores: list[str], stores: list[Row]) -> None:
    """No store is an error upstream, too."""
    if not stores:
        raise Held(f"product store {', '.join(product_stores)} has no open store: check PRODUCT_STORE_FACILITY")


def load_stores(lake: Lake, duck: DuckDBPyConnection, stores: list[Row]) -> None:
    """`open_stores` of this connection; raises `Held` unless each row of a raw file belongs to one store."""
    lake.load_as(duck, "open_stores", dict.fromkeys(("facility_id", "external_id", "facility_name"), "VARCHAR"), stores)
    duck.execute(query("raw_file/spelling"))
    twice = [row["store_code"] for row in fetch_dicts(lake.run_query(duck, "reset/stores_alike"))]
    if twice:
        raise Held(
            f"two stores have the same FACILITY.EXTERNAL_ID {', '.join(twice)}: their inventory can't be told apart"
        )
