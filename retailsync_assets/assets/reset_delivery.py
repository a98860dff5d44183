"""The reset file as delivered to HotWax."""

from datetime import date, datetime
from typing import Any

import dagster as dg

from retailsync_assets.assets.finished import unchanged
from retailsync_assets.assets.metadata import files_of, materialized, reduction, sftp_link
from retailsync_assets.assets.nightly_step import nightly_step
from retailsync_assets.delivery.guard import authorize
from retailsync_assets.delivery.publisher import publish
from retailsync_assets.delivery.registration import register_reset
from retailsync_assets.delivery.withdrawal import withdraw_others
from retailsync_assets.errors import Waiting
from retailsync_assets.ledger.models import Delivery, DeliveryKind, NightState
from retailsync_assets.resources.known_tables import attach
from retailsync_assets.resources.lake import Lake, fetch_dicts
from retailsync_assets.resources.locks import site_lock
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.variance.deduction import INPUTS, AsOf, compute_variance
from retailsync_assets.variance.response_files import read_responses

Row = dict[str, Any]


@dg.asset(group_name="reset", kinds={"sftp", "csv"}, deps=["filtered_reset"], output_required=False)
@nightly_step
def reset_delivery(
    context: dg.AssetExecutionContext, lake: dg.ResourceParam[Lake], resources: dg.ResourceParam[SiteResources]
) -> dg.MaterializeResult[None]:
    """The reset file, published once in HotWax's folder: one row per SKU-location.

    Columns: `file_name`, the SKU-location, `quantity` (on-hand quantity sent). File:
    `ResetInventory_<site>_<date>_<seq>_<sha12>.csv`, split into parts beyond the site's `max_rows_per_file`. It
    publishes only what the ledger authorizes, even if a person materializes it.
    """
    on = date.fromisoformat(context.partition_key)
    with site_lock(resources.home, resources.site.name, f"Dagster run {context.run.run_id}"):
        standing = authorize("reset", resources, on)
        if standing is None:
            return unchanged(resources, "reset_delivery", on, "it is delivered")
        withdraw_others(resources, standing)
        for part in standing.unpublished(DeliveryKind.RESET) or _promise(resources, lake, standing):
            publish(resources.site, resources.home, resources.ledger, resources.hotwax, part, resources.now())
    standing = resources.ledger.night_state(on)
    parts = standing.current_deliveries(DeliveryKind.RESET)
    return materialized(
        lake,
        resources,
        "reset_delivery",
        on,
        snapshot_id=parts[0].snapshot_id,
        deliveries=standing.names(DeliveryKind.RESET),
        sftp=sftp_link(
            resources.site.hotwax.sftp, resources.site.hotwax.reset_folder, *(part.file_name for part in parts)
        ),
        also={
            **files_of(parts),
            **reduction(standing.snapshot.size if standing.snapshot else 0, sum(part.size for part in parts)),
        },
    )


def _promise(resources: SiteResources, lake: Lake, standing: NightState) -> tuple[Delivery, ...]:
    on, snapshot, filtered = standing.business_date, standing.snapshot, standing.made.get("filtered_reset")
    if snapshot is None or filtered is None or filtered.snapshot_id != snapshot.snapshot_id:
        raise Waiting(f"filtered_reset of {on} has not been made from the snapshot of {on}")
    if filtered.product_list != standing.product_list:
        raise Waiting(f"filtered_reset of {on} was made from another list of active products: materialize it again")
    rows = lake.rows("filtered_reset", on)
    if resources.site.variance.release == "netted":
        rows = _net(resources, lake, standing, rows, snapshot.as_of)
    return register_reset(resources, lake, standing, snapshot.snapshot_id, rows)


def _net(resources: SiteResources, lake: Lake, standing: NightState, rows: list[Row], as_of: datetime) -> list[Row]:
    """The same rows less what is to be deducted now: what leaves until HotWax sets them follows as a variance."""
    at = AsOf(standing.business_date, as_of, resources.now(), exact=False)
    with lake.get_connection() as duck:
        attach(duck, lake, standing, *(table for table in INPUTS if table != "pos_acknowledgements"))
        responses = resources.site.retail_pro.acknowledgements.source == "responses"
        acknowledged = read_responses(resources).rows if responses else []
        lake.load(duck, "pos_acknowledgements", "pos_acknowledgements", acknowledged)
        compute_variance(duck, lake, resources.oms, resources.site, at, keep=False)
        found = fetch_dicts(duck.table("partial_shipment_variance"))
    netted = {(row["facility_id"], row["product_id"]): row["variance"] for row in found}
    units = [netted.get((row["facility_id"], row["product_id"]), 0) for row in rows]
    return [{**row, "quantity": row["quantity"] + own, "netted": own} for row, own in zip(rows, units, strict=True)]
