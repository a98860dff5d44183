"""The variance file as delivered to HotWax."""

from datetime import date

import dagster as dg

from retailsync_assets.assets.finished import unchanged
from retailsync_assets.assets.metadata import files_of, materialized, sftp_link
from retailsync_assets.assets.nightly_step import nightly_step
from retailsync_assets.delivery.applied_rows import variances_delivered
from retailsync_assets.delivery.guard import authorize
from retailsync_assets.delivery.publisher import publish
from retailsync_assets.delivery.registration import register_variance
from retailsync_assets.errors import Waiting
from retailsync_assets.ledger.models import Delivery, DeliveryKind, NightState
from retailsync_assets.resources.known_tables import attach
from retailsync_assets.resources.lake import Lake, fetch_dicts
from retailsync_assets.resources.locks import site_lock
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.resources.sql import version

QUERIES = (
    "variance/reset_keys",
    "variance/variance_due",
)


@dg.asset(
    group_name="variance",
    kinds={"sftp", "csv"},
    deps=["partial_shipment_variance", "applied_reset"],
    code_version=version(*QUERIES),
    output_required=False,
)
@nightly_step
def variance_delivery(
    context: dg.AssetExecutionContext, lake: dg.ResourceParam[Lake], resources: dg.ResourceParam[SiteResources]
) -> dg.MaterializeResult[None]:
    """The variance file, published once in HotWax's folder: one row per SKU-location with units to deduct or add back.

    Columns: `file_name`, the SKU-location, `delta` (units; negative units are deducted). File:
    `InventoryVariance_<site>_<date>_<seq>_for_<sha12 of its reset>.csv`; no file if there is nothing to correct. It
    publishes only what the ledger authorizes, even if a person materializes it.
    """
    on = date.fromisoformat(context.partition_key)
    with site_lock(resources.home, resources.site.name, f"Dagster run {context.run.run_id}"):
        standing = authorize("variance", resources, on)
        if standing is None:
            return unchanged(resources, "variance_delivery", on, "it is delivered")
        settled = standing.is_of_current_reset("applied_reset")
        _refuse_preview(standing, settled=settled)
        waiting = standing.unpublished(DeliveryKind.VARIANCE)
        if not waiting:
            waiting = _promise(resources, lake, standing, evidence=settled)
        for delivery in waiting:
            publish(resources.site, resources.home, resources.ledger, resources.hotwax, delivery, resources.now())
    standing = resources.ledger.night_state(on)
    files = standing.current_deliveries(DeliveryKind.VARIANCE)
    return materialized(
        lake,
        resources,
        "variance_delivery",
        on,
        snapshot_id=standing.current_deliveries(DeliveryKind.RESET)[0].snapshot_id,
        deliveries=standing.names(DeliveryKind.RESET) if settled else (),
        sftp=sftp_link(
            resources.site.hotwax.sftp, resources.site.hotwax.variance_folder, *(file.file_name for file in files)
        ),
        also=files_of(files),
    )


def _refuse_preview(standing: NightState, *, settled: bool) -> None:
    computed = standing.made.get("partial_shipment_variance")
    if computed is None or (settled and not computed.exact):
        raise Waiting(f"partial_shipment_variance of {standing.business_date} is not exact yet: materialize it first")


def _promise(resources: SiteResources, lake: Lake, standing: NightState, *, evidence: bool) -> tuple[Delivery, ...]:
    """What is due beyond what was delivered so far becomes one promised file; nothing due, no file."""
    on, external = standing.business_date, resources.site.hotwax.facility_id_from == "external"
    settled, before = variances_delivered(resources, lake, standing), lake.rows("variance_delivery", on)
    with lake.get_connection() as duck:
        attach(duck, lake, standing, "partial_shipment_variance", "filtered_reset", "applied_reset", "erased_movements")
        lake.load(duck, "variance_delivered", "variance_delivery", settled)
        now = resources.now().replace(tzinfo=None)
        lake.run_query(duck, "variance/reset_keys", now=now, evidence=evidence)
        due = fetch_dicts(lake.run_query(duck, "variance/variance_due", external=external))
    return register_variance(resources, lake, standing, before, due)
