"""The reset file as delivered to HotWax."""

from datetime import date

import dagster as dg

from retailsync_assets.assets.failures import as_dagster_failure
from retailsync_assets.assets.metadata import files_of, materialized, reduction, sftp_link
from retailsync_assets.delivery.guard import authorize
from retailsync_assets.delivery.publisher import publish
from retailsync_assets.delivery.registration import register_reset
from retailsync_assets.delivery.withdrawal import withdraw_others
from retailsync_assets.errors import Waiting
from retailsync_assets.ledger.models import Delivery, DeliveryKind, NightState
from retailsync_assets.resources.lake import Lake
from retailsync_assets.resources.locks import site_lock
from retailsync_assets.resources.site import SiteResources


@dg.asset(group_name="reset", kinds={"sftp", "csv"}, deps=["filtered_reset"])
def reset_delivery(
    context: dg.AssetExecutionContext, lake: dg.ResourceParam[Lake], resources: dg.ResourceParam[SiteResources]
) -> dg.MaterializeResult[None]:
    """The reset file, published once in HotWax's folder: one row per SKU-location.

    Columns: `file_name`, the SKU-location, `quantity` (on-hand quantity sent). File:
    `ResetInventory_<site>_<date>_<seq>_<sha12>.csv`, split into parts beyond the site's `max_rows_per_file`. It
    publishes only what the ledger authorizes, even if a person materializes it.
    """
    on = date.fromisoformat(context.partition_key)
    with as_dagster_failure(), site_lock(resources.home, resources.site.name, f"Dagster run {context.run.run_id}"):
        standing = authorize("reset", resources, on)
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
    return register_reset(resources, lake, standing, snapshot.snapshot_id, lake.rows("filtered_reset", on))
