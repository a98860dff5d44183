"""Where a business date stands, stage by stage, as `run` and `status` show it."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from rich.filesize import decimal

from retailsync_assets.config.loader import Site
from retailsync_assets.errors import Kind, Reason, Remedy
from retailsync_assets.ledger.models import OUT, Delivery, DeliveryKind, NightState
from retailsync_assets.wording import counted
from retailsync_assets.workflow.calendar import business_date
from retailsync_assets.workflow.decision import next_step
from retailsync_assets.workflow.remedies import command
from retailsync_assets.workflow.step import Blocked, Done, NextStep, RunJob, Wait

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
EXIT_CODE = {"complete": 0, "waiting": 3, "held": 4, "failed": 1}


@dataclass(frozen=True)
class StageStatus:
    """One asset of a business date: `state` is done, waiting, held, failed or pending; `file` is the one delivered."""

    asset: str
    state: str
    detail: str = ""
    rows: int | None = None
    file: str | None = None


@dataclass(frozen=True)
class NightStatus:
    """A business date of a site: `state` is complete, waiting, held or failed; each reason is one line."""

    site: str
    business_date: str
    state: str
    reasons: tuple[Reason, ...]
    stages: tuple[StageStatus, ...]

    @property
    def exit_code(self) -> int:
        return EXIT_CODE[self.state]

    @property
    def lines(self) -> tuple[str, ...]:
        """The reasons, one line each."""
        return tuple(str(reason) for reason in self.reasons)

    @property
    def next_step(self) -> str | None:
        """The command that takes it on, or that tells more; None where it is complete or nothing helps."""
        found = next((reason.remedy for reason in self.reasons if reason.remedy), None)
        return command(self.site, self.business_date, found) if found else None

    def document(self) -> dict[str, Any]:
        """The JSON of the contract."""
        return {**asdict(self), "reasons": list(self.lines), "next_step": self.next_step}


def night_status(site: Site, standing: NightState, now: datetime, failure: Reason | None = None) -> NightStatus:
    """How a business date stands now; `failure` is what the last step ended with, if it did not end well."""
    state, reasons = _state(_found(site, standing, now))
    if standing.business_date > business_date(now, site):
        state, reasons = "waiting", (Reason(Kind.WAITING, f"business date {standing.business_date} has not begun"),)
    if failure is not None and state not in ("held", "complete"):
        state, reasons = failure.kind.state, (failure,)
    if failure is not None and state == "complete" and failure.kind.state == "failed":
        reasons = (failure,)  # what came after the last stage, such as the nightly report
    stages = list(_stages(standing))
    first = next((place for place, stage in enumerate(stages) if stage.state != "done"), None)
    if first is not None:
        stages[first] = replace(
            stages[first], state="failed" if state == "complete" else state, detail=str(reasons[0]) if reasons else ""
        )
    return NightStatus(site.name, standing.business_date.isoformat(), state, reasons, tuple(stages))


def _found(site: Site, standing: NightState, now: datetime) -> NextStep:
    """What holds a person's run counts first, then what the schedules gave up."""
    by_hand = next_step(site, standing, now, by_hand=True)
    by_clock = next_step(site, standing, now, by_hand=False)
    if not isinstance(by_clock, Blocked) or isinstance(by_hand, Blocked):
        return by_hand
    if not isinstance(by_hand, Wait):
        return by_clock
    given_up = (replace(each, remedy=Remedy.FIX_THEN_RUN) for each in by_clock.reasons)  # a run would only wait, too
    return replace(by_clock, reasons=(*given_up, Reason(Kind.WAITING, by_hand.reason)))


def _state(found: NextStep) -> tuple[str, tuple[Reason, ...]]:
    match found:
        case Done():
            return "complete", ()
        case Wait(reason, until):
            text = reason if until is None else f"{reason}, until {until:%Y-%m-%dT%H:%M:%SZ}"
            return "waiting", (Reason(Kind.WAITING, text),)
        case Blocked(reasons):
            return found.state, reasons
        case RunJob(job):
            return "waiting", (Reason(Kind.WAITING, f"next: {job.replace('_', ' ')}", Remedy.RUN),)


def _stages(standing: NightState) -> list[StageStatus]:
    return [_stage(asset, standing) for asset in STAGES]


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
        StageStatus(asset, "done", counted(made.rows, "SKU-location") + _failed(standing, kinds), made.rows)
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
        detail = f"{snapshot.file_name}, {decimal(snapshot.size)}, snapshot of {snapshot.as_of:%Y-%m-%dT%H:%M:%SZ}"
        return StageStatus("raw_reset_file", "done", detail, snapshot.rows)
    bad = standing.snapshots
    return StageStatus("raw_reset_file", "held", bad[-1].reason) if bad else StageStatus("raw_reset_file", "pending")


def _delivery(asset: str, files: tuple[Delivery, ...]) -> StageStatus:
    if not files or any(file.state not in OUT for file in files):
        return StageStatus(asset, "pending")
    names = [file.file_name for file in files]
    return StageStatus(asset, "done", ", ".join(names), sum(file.rows for file in files), names[-1])
