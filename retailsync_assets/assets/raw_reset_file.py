"""Retail Pro's inventory snapshot, downloaded and verified."""

from datetime import date

import dagster as dg

from retailsync_assets.assets.metadata import materialized, sftp_link
from retailsync_assets.assets.nightly_step import nightly_step
from retailsync_assets.errors import Held, Quarantined, Refused, Waiting
from retailsync_assets.ledger.models import DeliveryKind, Snapshot, SnapshotState
from retailsync_assets.raw_file.header import renamed_columns
from retailsync_assets.raw_file.inbox import wait_until_stable
from retailsync_assets.raw_file.landing import has_its_hash, land
from retailsync_assets.raw_file.quarantine import recording_files
from retailsync_assets.raw_file.retention import delete_expired
from retailsync_assets.resources.lake import Lake
from retailsync_assets.resources.locks import site_lock
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.workflow.raw_files import STABLE_SCANS, newer, pending


@dg.asset(group_name="reset", kinds={"sftp", "csv"}, output_required=False)
@nightly_step
def raw_reset_file(
    context: dg.AssetExecutionContext, lake: dg.ResourceParam[Lake], resources: dg.ResourceParam[SiteResources]
) -> dg.MaterializeResult[None]:
    """On-hand quantities of every product in Retail Pro at every store: about 300 MB, stored under its hash.

    Columns: `upc`, `store_code`, `quantity`, all text as received; `snapshots` has one row per file. Source: the
    site's `retail_pro.inbox`, where the file is never moved or deleted.
    """
    on = date.fromisoformat(context.partition_key)
    run = f"Dagster run {context.run.run_id}"
    with (
        site_lock(resources.home, resources.site.name, run),
        recording_files(resources, lake, on),
    ):
        standing = resources.night(on)
        snapshot, promised = standing.snapshot, standing.unpublished(DeliveryKind.RESET)
        usable = snapshot is not None and not newer(standing, snapshot)
        if snapshot is None or not (usable and (promised or has_its_hash(lake.landing, snapshot))):
            snapshot = _landed(resources, lake, on)
            delete_expired(resources, lake.landing)
    row = {
        "snapshot_id": snapshot.snapshot_id,
        "file_name": snapshot.file_name,
        "sha256": snapshot.sha256,
        "as_of": f"{snapshot.as_of:%Y-%m-%d %H:%M:%S}",
        "bytes": snapshot.size,
        "lines": snapshot.lines,
        "rows": snapshot.rows,
    }
    with lake.get_connection() as duck:
        lake.load(duck, "landed", "snapshots", [row])
        lake.write_table(duck.table("landed"), on, "snapshots")
    return materialized(
        lake,
        resources,
        "raw_reset_file",
        on,
        table="snapshots",
        rows=snapshot.rows,
        snapshot_id=snapshot.snapshot_id,
        bytes=snapshot.size,
        file=snapshot.file_name,
        file_sha256=snapshot.sha256,
        sftp=sftp_link(resources.site.retail_pro.sftp, resources.site.retail_pro.inbox, snapshot.file_name),
        landed=dg.PathMetadataValue(str(lake.landing / f"{snapshot.sha256}.csv")),
        header="; ".join(renamed_columns(snapshot.columns, resources.site.retail_pro)) or "as configured",
    )


def _landed(resources: SiteResources, lake: Lake, on: date) -> Snapshot:
    wait_until_stable(resources, on)
    standing = resources.ledger.night_state(on)
    if standing.open_holds:
        raise Held(standing.open_holds[0].reason)
    candidates = pending(standing)
    if not candidates:
        for judged in standing.snapshots:
            if judged.state is SnapshotState.QUARANTINED:
                raise Quarantined(judged.reason)
            if judged.state is SnapshotState.REFUSED:
                raise Refused(judged.reason)
        raise Waiting(f"no raw reset file for {on} in {resources.site.retail_pro.inbox} yet")
    newest = max(candidates, key=lambda arrival: arrival.as_of)
    if newest.looks < STABLE_SCANS:
        raise Waiting(f"{newest.file_name} is still arriving")
    return land(resources, lake.landing, newest)
