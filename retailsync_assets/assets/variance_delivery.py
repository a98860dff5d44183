"""The variance file as HotWax was given it."""

import hashlib
from datetime import date
from typing import Any

import dagster as dg

from retailsync_assets.assets.failures import in_one_line
from retailsync_assets.assets.metadata import described, files_of, on_sftp
from retailsync_assets.delivery.applied_rows import variances_delivered
from retailsync_assets.delivery.guard import leave_for
from retailsync_assets.delivery.import_files import variance_file
from retailsync_assets.delivery.outbox import freeze
from retailsync_assets.delivery.publisher import publish
from retailsync_assets.errors import Waiting
from retailsync_assets.ledger.models import Artefact, Kind, Standing
from retailsync_assets.resources.lake import Lake, answer
from retailsync_assets.resources.locks import owning
from retailsync_assets.resources.site import Workplace
from retailsync_assets.resources.sql import version
from retailsync_assets.workflow.provenance import made_from

AT_ONCE = "at once"


QUERIES = (
    "variance/reset_keys",
    "variance/variance_due",
)


@dg.asset(
    group_name="variance",
    kinds={"sftp", "csv"},
    deps=["partial_shipment_variance", "applied_reset"],
    code_version=version(*QUERIES),
)
def variance_delivery(
    context: dg.AssetExecutionContext, lake: dg.ResourceParam[Lake], place: dg.ResourceParam[Workplace]
) -> dg.MaterializeResult[None]:
    """The variance as published in HotWax's folder, once: one row per key with units to take off or give back.

    Columns: `file_name`, the key, `delta` (units, below zero: taken off). File: `InventoryVariance_<site>_<date>_<seq>_
    for_<sha12 of its reset>.csv`; none when there is nothing to correct. Asks the ledger for leave and delivers nothing
    without it.
    """
    on = date.fromisoformat(context.partition_key)
    with in_one_line(), owning(place.home, place.site.name, f"Dagster run {context.run.run_id}"):
        standing = leave_for("variance", place, on)
        evidence = standing.made.get("applied_reset")
        settled = evidence is not None and evidence.detail == made_from(standing, Kind.RESET)
        _refuse_preview(standing, settled=settled)
        waiting = standing.unpublished(Kind.VARIANCE)
        if not waiting:
            waiting = _promise(place, lake, standing, evidence=settled)
        for artefact in waiting:
            publish(place.site, place.home, place.ledger, place.hotwax, artefact, place.now())
    standing = place.ledger.standing(on)
    files = standing.current(Kind.VARIANCE)
    return described(
        lake,
        place,
        "variance_delivery",
        on,
        snapshot_id=standing.current(Kind.RESET)[0].snapshot_id,
        detail=made_from(standing, Kind.RESET) if settled else AT_ONCE,
        sftp=on_sftp(place.site.hotwax.sftp, place.site.hotwax.variance_folder, *(file.file_name for file in files)),
        also=files_of(files),
    )


def _refuse_preview(standing: Standing, *, settled: bool) -> None:
    computed = standing.made.get("partial_shipment_variance")
    if computed is None or (settled and computed.detail != "exact"):
        raise Waiting(f"partial_shipment_variance of {standing.business_date} is not exact yet: materialize it first")


def _promise(place: Workplace, lake: Lake, standing: Standing, *, evidence: bool) -> tuple[Artefact, ...]:
    """What is due beyond what was delivered so far becomes one frozen, promised file; nothing due, no file."""
    on, settings = standing.business_date, place.site.hotwax
    reset = standing.current(Kind.RESET)[0]
    settled, before = variances_delivered(place, lake, standing), lake.rows("variance_delivery", on)
    with lake.get_connection() as duck:
        lake.show(duck, on, "partial_shipment_variance", "filtered_reset", "applied_reset", "erased_movements")
        lake.load(duck, "variance_delivered", "variance_delivery", settled)
        lake.derive(duck, "variance/reset_keys", now=place.now().replace(tzinfo=None), evidence=evidence)
        due = answer(lake.derive(duck, "variance/variance_due", external=settings.facility_id_from == "external"))
        artefacts, rows = _cut(place, standing, reset, due)
        entered = {each.file_name for each in standing.current(Kind.VARIANCE)}
        lake.load(duck, "delivered", "variance_delivery", [row for row in before if row["file_name"] in entered] + rows)
        lake.keep(duck.table("delivered"), on, "variance_delivery")
    return place.ledger.promise(artefacts, place.now())


def _cut(
    place: Workplace, standing: Standing, reset: Artefact, due: list[dict[str, Any]]
) -> tuple[list[Artefact], list[dict[str, Any]]]:
    if not due:
        return [], []
    seq = standing.last_seq(Kind.VARIANCE) + 1
    name = f"InventoryVariance_{place.site.name}_{standing.business_date}_{seq}_for_{reset.sha12}.csv"
    content = variance_file(place.site.hotwax, due, reset.snapshot_id, reset.sha12)
    artefact = Artefact(
        site=place.site.name,
        business_date=standing.business_date,
        kind=Kind.VARIANCE,
        seq=seq,
        part=1,
        parts=1,
        file_name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        sha12=reset.sha12,
        snapshot_id=reset.snapshot_id,
        rows=len(due),
        size=len(content),
    )
    freeze(place.home, artefact, content)
    return [artefact], [{**row, "file_name": name} for row in due]
