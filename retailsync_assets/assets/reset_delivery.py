"""The reset file as delivered to HotWax."""

import hashlib
from datetime import date

import dagster as dg

from retailsync_assets.assets.failures import as_dagster_failure
from retailsync_assets.assets.metadata import files_of, materialized, reduction, sftp_link
from retailsync_assets.delivery.guard import authorize
from retailsync_assets.delivery.import_files import reset_file, split_reset
from retailsync_assets.delivery.outbox import freeze
from retailsync_assets.delivery.publisher import publish
from retailsync_assets.delivery.withdrawal import withdraw_others
from retailsync_assets.errors import Waiting
from retailsync_assets.ledger.models import Delivery, DeliveryKind, NightState
from retailsync_assets.resources.lake import Lake
from retailsync_assets.resources.locks import site_lock
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.workflow.provenance import product_list_of, sources_of


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
        detail=sources_of(standing, DeliveryKind.RESET),
        sftp=sftp_link(
            resources.site.hotwax.sftp, resources.site.hotwax.reset_folder, *(part.file_name for part in parts)
        ),
        also={
            **files_of(parts),
            **reduction(standing.snapshot.size if standing.snapshot else 0, sum(part.size for part in parts)),
        },
    )


def _promise(resources: SiteResources, lake: Lake, standing: NightState) -> tuple[Delivery, ...]:
    """Cut the reset into files, freeze their bytes, and enter them in the ledger."""
    on, settings, snapshot = standing.business_date, resources.site.hotwax, standing.snapshot
    filtered = standing.made.get("filtered_reset")
    if snapshot is None or filtered is None or filtered.snapshot_id != snapshot.snapshot_id:
        raise Waiting(f"filtered_reset of {on} has not been materialized from the current snapshot")
    if filtered.detail != product_list_of(standing):
        raise Waiting(f"filtered_reset of {on} was made from another list of active products: materialize it again")
    slices = split_reset(settings, lake.rows("filtered_reset", on))
    rows = [row for own in slices for row in own]
    sha12 = hashlib.sha256(reset_file(settings, rows, snapshot.snapshot_id)).hexdigest()[:12]
    seq = standing.last_seq(DeliveryKind.RESET) + 1
    deliveries, delivered = list[Delivery](), list[dict[str, object]]()
    for part, own in enumerate(slices, start=1):
        suffix = f"_p{part:02}" if len(slices) > 1 else ""
        name = f"ResetInventory_{resources.site.name}_{on}_{seq}_{sha12}{suffix}.csv"
        content = reset_file(settings, own, snapshot.snapshot_id)
        delivery = Delivery(
            site=resources.site.name,
            business_date=on,
            kind=DeliveryKind.RESET,
            seq=seq,
            part=part,
            parts=len(slices),
            file_name=name,
            sha256=hashlib.sha256(content).hexdigest(),
            sha12=sha12,
            snapshot_id=snapshot.snapshot_id,
            rows=len(own),
            size=len(content),
        )
        freeze(resources.home, delivery, content)
        deliveries.append(delivery)
        delivered.extend({**row, "file_name": name} for row in own)
    with lake.get_connection() as duck:
        lake.load(duck, "delivered", "reset_delivery", delivered)
        lake.write_table(duck.table("delivered"), on, "reset_delivery")
    return resources.ledger.register(deliveries, resources.now())
