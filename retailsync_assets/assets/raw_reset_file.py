"""One snapshot of Retail Pro's stock, landed whole."""

from datetime import date

import dagster as dg

from retailsync_assets.assets.failures import in_one_line
from retailsync_assets.assets.metadata import described, on_sftp
from retailsync_assets.errors import Held, Quarantined, Refused, Waiting
from retailsync_assets.ledger.models import Snapshot, SnapshotState
from retailsync_assets.raw_file.header import respelled
from retailsync_assets.raw_file.inbox import look_until_still
from retailsync_assets.raw_file.landing import intact, land
from retailsync_assets.raw_file.quarantine import keeping_files
from retailsync_assets.raw_file.retention import forget_old_raw_files
from retailsync_assets.resources.lake import Lake
from retailsync_assets.resources.locks import owning
from retailsync_assets.resources.site import Workplace
from retailsync_assets.workflow.raw_files import LOOKS_NEEDED, newer, unjudged


@dg.asset(group_name="reset", kinds={"sftp", "csv"})
def raw_reset_file(
    context: dg.AssetExecutionContext, lake: dg.ResourceParam[Lake], place: dg.ResourceParam[Workplace]
) -> dg.MaterializeResult[None]:
    """The stock of every product Retail Pro ever had, at every store: about 300 MB, kept under its hash.

    Columns: `upc`, `store_code`, `quantity`, all text as received; `snapshots` has one row for the whole file. Source:
    the site's `retail_pro.inbox`, where it is never moved or deleted.
    """
    on = date.fromisoformat(context.partition_key)
    run = f"Dagster run {context.run.run_id}"
    with in_one_line(), owning(place.home, place.site.name, run), keeping_files(place, lake, on):
        standing = place.ledger.standing(on)
        snapshot = standing.snapshot
        if snapshot is None or newer(standing, snapshot) or not intact(lake.landing, snapshot):
            snapshot = _landed(place, lake, on)
            forget_old_raw_files(place, lake.landing)
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
        lake.keep(duck.table("landed"), on, "snapshots")
    return described(
        lake,
        place,
        "raw_reset_file",
        on,
        table="snapshots",
        rows=snapshot.rows,
        snapshot_id=snapshot.snapshot_id,
        bytes=snapshot.size,
        file=snapshot.file_name,
        file_sha256=snapshot.sha256,
        sftp=on_sftp(place.site.retail_pro.sftp, place.site.retail_pro.inbox, snapshot.file_name),
        landed=dg.PathMetadataValue(str(lake.landing / f"{snapshot.sha256}.csv")),
        header="; ".join(respelled(snapshot.columns, place.site.retail_pro)) or "as configured",
    )


def _landed(place: Workplace, lake: Lake, on: date) -> Snapshot:
    look_until_still(place, on)
    standing = place.ledger.standing(on)
    if standing.open_holds:
        raise Held(standing.open_holds[0].reason)
    candidates = unjudged(standing)
    if not candidates:
        for judged in standing.snapshots:
            if judged.state is SnapshotState.QUARANTINED:
                raise Quarantined(judged.reason)
            if judged.state is SnapshotState.REFUSED:
                raise Refused(judged.reason)
        raise Waiting(f"no raw reset file for {on} in {place.site.retail_pro.inbox} yet")
    newest = max(candidates, key=lambda arrival: arrival.as_of)
    if newest.looks < LOOKS_NEEDED:
        raise Waiting(f"{newest.file_name} is still arriving")
    return land(place, lake.landing, newest)
