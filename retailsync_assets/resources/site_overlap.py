"""Two sites of one HotWax that share a store and a product would each deduct the same unit."""

from datetime import datetime

from retailsync_assets.config.loader import Site
from retailsync_assets.config.wording import counted
from retailsync_assets.resources.oms import Oms, Row


def first_overlap(
    oms: Oms, site: Site, sold: list[Row], stores: list[Row], *, as_of: datetime, now: datetime
) -> str | None:
    """The first neighbour that shares a store and an active product with this site, in a sentence; None if none does.

    `sold` and `stores` are the site's own, as of these instants; the neighbours' are read from HotWax.
    """
    own_stores = {row["facility_id"] for row in stores}
    own_products = {row["product_id"] for row in sold}
    for name, product_stores in site.neighbours:
        theirs = oms.rows("stores", product_stores=product_stores, now=now)
        both = sorted(own_stores & {row["facility_id"] for row in theirs})
        if not both:
            continue
        listed = oms.rows("active_products", product_stores=product_stores, id_type=site.hotwax.id_type, as_of=as_of)
        products = sorted(own_products & {row["product_id"] for row in listed})
        if products:
            together = ", ".join(sorted({*site.product_stores, *product_stores}))
            shared = f"{counted(len(both), 'store')} (first {both[0]}) and {counted(len(products), 'active product')}"
            return (
                f"sites {site.name} and {name} share {shared} (first {products[0]}): each would deduct the same unit;"
                f" let one site serve both: product_store of {together}, or take the store or product out of one"
            )
    return None
