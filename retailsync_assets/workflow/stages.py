"""The stages of a business date, as `run` and `status` show them: how far each is, when it was done, when it is due."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from rich.filesize import decimal

from retailsync_assets.config.loader import Site
from retailsync_assets.config.wording import counted
from retailsync_assets.ledger.models import OUT, Delivery, DeliveryKind, NightState
from retailsync_assets.workflow.calendar import clock_time, zulu
from retailsync_assets.workflow.decision import variance_release_at

STAGES = (
    "raw_reset_file",
    "active_products",
    "filtered_reset",
    "reset_delivery",
    "applied_reset",
    "partial_shipment_variance",
    "variance_delivery",
    "applied_inventory",
)


@dataclass(frozen=True)
class StageStatus:
    """One asset of a business date: `state` is done, waiting, held, failed or pending; `file` is the one delivered.

    `done_at` and `due_at` are UTC; None: not yet, or no clock decides it.
    """

    asset: str
    state: str
    detail: str = ""
    rows: int | None = None
    file: str | None = None
    done_at: datetime | None = None
    due_at: datetime | None = None

    def document(self) -> dict[str, Any]:
        """The JSON of the contract, with times in UTC."""
        return {**vars(self), "done_at": zulu(self.done_at), "due_at": zulu(self.due_at)}


def stages_of(site: Site, standing: NightState) -> list[StageStatus]:
    """Every stage, in order; a person's run is held back by none of the clock times."""
    return [_timed(site, standing, _stage(asset, standing)) for asset in STAGES]


def _timed(site: Site, standing: NightState, stage: StageStatus) -> StageStatus:
    if stage.state == "done":
        return replace(stage, done_at=_done_at(stage.asset, standing))
    return replace(stage, due_at=_due_at(site, stage.asset, standing))


def _done_at(asset: str, standing: NightState) -> datetime | None:
    made = standing.made.get(asset)
    resets = standing.current_deliveries(DeliveryKind.RESET)
    variances = standing.current_deliveries(DeliveryKind.VARIANCE)
    times = {
        "reset_delivery": [each.published_at for each in resets],
        "applied_reset": [each.finished_at for each in resets],
        "variance_delivery": [each.published_at for each in variances],
    }
    known = [instant for instant in times.get(asset, ()) if instant is not None]
    return max(known) if known else made and made.made_at


def _due_at(site: Site, asset: str, standing: NightState) -> datetime | None:
    match asset:
        case "active_products":
            return clock_time(standing.business_date, "active_products", site)
        case "filtered_reset" | "reset_delivery":
            return clock_time(standing.business_date, "reset", site)
        case "variance_delivery":
            resets = standing.current_deliveries(DeliveryKind.RESET)
            imported = bool(resets) and all(each.finished_at is not None for each in resets)
            return variance_release_at(site, resets) if imported else None
        case _:
            return None


def _stage(asset: str, standing: NightState) -> StageStatus:
    made, pending = standing.made.get(asset), StageStatus(asset, "pending")
    if asset == "raw_reset_file":
        return _raw(standing)
    if asset == "reset_delivery":
        return _delivery(asset, standing.current_deliveries(DeliveryKind.RESET))
    if made is None:
        return pending
    if asset == "active_products":
        return StageStatus(asset, "done", counted(made.rows, "product"), made.rows)
    if asset in ("filtered_reset", "partial_shipment_variance"):
        current = standing.snapshot is not None and made.snapshot_id == standing.snapshot.snapshot_id
        exactness = "exact" if made.exact else "preview"
        said = exactness if asset == "partial_shipment_variance" else counted(made.rows, "SKU-location")
        return StageStatus(asset, "done", said, made.rows) if current else pending
    if asset == "variance_delivery":
        variances = standing.current_deliveries(DeliveryKind.VARIANCE)
        if not standing.is_of_current_reset(asset):
            return pending
        return _delivery(asset, variances) if variances else StageStatus(asset, "done", "0 rows: nothing to deduct", 0)
    kinds = (DeliveryKind.RESET,) if asset == "applied_reset" else (DeliveryKind.RESET, DeliveryKind.VARIANCE)
    current = made.deliveries == standing.names(*kinds)
    return (
        StageStatus(asset, "done", f"{counted(made.rows, 'SKU-location')}{_failed(standing, kinds)}", made.rows)
        if current
        else pending
    )


def _failed(standing: NightState, kinds: tuple[DeliveryKind, ...]) -> str:
    """What a later variance has sent again failed no more."""
    last = {kind: standing.last_seq(kind) for kind in kinds}
    failed = sum(
        each.failed_rows for kind in kinds for each in standing.current_deliveries(kind) if each.seq == last[kind]
    )
    return f", {counted(failed, 'row')} failed in HotWax" if failed else ""


def _raw(standing: NightState) -> StageStatus:
    snapshot = standing.snapshot
    if snapshot is not None:
        detail = f"{snapshot.file_name}, {decimal(snapshot.size)}, snapshot of {zulu(snapshot.as_of)}"
        return StageStatus("raw_reset_file", "done", detail, snapshot.rows)
    bad = standing.snapshots
    return StageStatus("raw_reset_file", "held", bad[-1].reason) if bad else StageStatus("raw_reset_file", "pending")


def _delivery(asset: str, files: tuple[Delivery, ...]) -> StageStatus:
    if not files or any(file.state not in OUT for file in files):
        return StageStatus(asset, "pending")
    names = [file.file_name for file in files]
    return StageStatus(asset, "done", ", ".join(names), sum(file.rows for file in files), names[-1])
