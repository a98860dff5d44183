"""The reset file as HotWax was given it."""

import hashlib
from datetime import date

import dagster as dg

from retailsync_assets.assets.failures import in_one_line
from retailsync_assets.assets.metadata import described, files_of, on_sftp, reduction
from retailsync_assets.delivery.guard import leave_for
from retailsync_assets.delivery.import_files import reset_file, reset_slices
from retailsync_assets.delivery.outbox import freeze
from retailsync_assets.delivery.publisher import publish
from retailsync_assets.delivery.withdrawal import withdraw_others
from retailsync_assets.errors import Waiting
from retailsync_assets.ledger.models import Artefact, Kind, Standing
from retailsync_assets.resources.lake import Lake
from retailsync_assets.resources.locks import owning
from retailsync_assets.resources.site import Workplace
from retailsync_assets.workflow.provenance import list_of, made_from


@dg.asset(group_name="reset", kinds={"sftp", "csv"}, deps=["filtered_reset"])
def reset_delivery(
    context: dg.AssetExecutionContext, lake: dg.ResourceParam[Lake], place: dg.ResourceParam[Workplace]
) -> dg.MaterializeResult[None]:
    """The reset as published in HotWax's folder, once: one row per key, with the file it stands in.

    Columns: `file_name`, the key, `quantity` (units on hand). File: `ResetInventory_<site>_<date>_<seq>_<sha12>.csv`,
    split past the site's `max_rows_per_file`. Asks the ledger for leave and delivers nothing without it.
    """
    on = date.fromisoformat(context.partition_key)
    with in_one_line(), owning(place.home, place.site.name, f"Dagster run {context.run.run_id}"):
        standing = leave_for("reset", place, on)
        withdraw_others(place, standing)
        for part in standing.unpublished(Kind.RESET) or _promise(place, lake, standing):
            publish(place.site, place.home, place.ledger, place.hotwax, part, place.now())
    standing = place.ledger.standing(on)
    parts = standing.current(Kind.RESET)
    return described(
        lake,
        place,
        "reset_delivery",
        on,
        snapshot_id=parts[0].snapshot_id,
        detail=made_from(standing, Kind.RESET),
        sftp=on_sftp(place.site.hotwax.sftp, place.site.hotwax.reset_folder, *(part.file_name for part in parts)),
        also={
            **files_of(parts),
            **reduction(standing.snapshot.size if standing.snapshot else 0, sum(part.size for part in parts)),
        },
    )


def _promise(place: Workplace, lake: Lake, standing: Standing) -> tuple[Artefact, ...]:
    """Cut the reset into files, freeze their bytes, and enter them in the ledger."""
    on, settings, snapshot = standing.business_date, place.site.hotwax, standing.snapshot
    filtered = standing.made.get("filtered_reset")
    if snapshot is None or filtered is None or filtered.snapshot_id != snapshot.snapshot_id:
        raise Waiting(f"filtered_reset of {on} has not been made from the night's snapshot")
    if filtered.detail != list_of(standing):
        raise Waiting(f"filtered_reset of {on} was made from another list of active products: materialize it anew")
    slices = reset_slices(settings, lake.rows("filtered_reset", on))
    rows = [row for own in slices for row in own]
    sha12 = hashlib.sha256(reset_file(settings, rows, snapshot.snapshot_id)).hexdigest()[:12]
    seq = standing.last_seq(Kind.RESET) + 1
    artefacts, delivered = list[Artefact](), list[dict[str, object]]()
    for part, own in enumerate(slices, start=1):
        suffix = f"_p{part:02}" if len(slices) > 1 else ""
        name = f"ResetInventory_{place.site.name}_{on}_{seq}_{sha12}{suffix}.csv"
        content = reset_file(settings, own, snapshot.snapshot_id)
        artefact = Artefact(
            site=place.site.name,
            business_date=on,
            kind=Kind.RESET,
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
        freeze(place.home, artefact, content)
        artefacts.append(artefact)
        delivered.extend({**row, "file_name": name} for row in own)
    with lake.get_connection() as duck:
        lake.load(duck, "delivered", "reset_delivery", delivered)
        lake.keep(duck.table("delivered"), on, "reset_delivery")
    return place.ledger.promise(artefacts, place.now())
