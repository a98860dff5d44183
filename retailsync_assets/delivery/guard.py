"""Leave to deliver: the last line of defence, asked in the body of a delivery, whoever launched it."""

from datetime import date
from typing import Literal

from retailsync_assets.config.jobs import JobName
from retailsync_assets.delivery.import_evidence import refresh_imports
from retailsync_assets.delivery.manifests import check_import_log, check_manifests
from retailsync_assets.errors import Refused, Remedy, Waiting, error_of
from retailsync_assets.ledger.models import OUT, DeliveryKind, NightState
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.workflow.decision import next_step
from retailsync_assets.workflow.step import Blocked, Done, NextStep, RunJob, Wait

DeliveryJob = Literal["reset", "variance"]


def authorize(job: DeliveryJob, resources: SiteResources, on: date) -> NightState | None:
    """Where the business date stands, if this job may deliver now, and None if all that it delivers is out already.

    Else raises why not, as its own kind of error.
    """
    check_manifests(resources.home, resources.ledger)
    check_import_log(resources.ledger, resources.oms, on)
    standing = refresh_imports(resources, on)
    due = next_step(resources.site, standing, resources.now(), by_hand=True)
    if not isinstance(due, Blocked) and due != RunJob(job) and _is_delivered(job, standing):
        return None
    require(job, due, on)
    return standing


def _is_delivered(job: DeliveryJob, standing: NightState) -> bool:
    """Every file of the job is out; a variance that had nothing to deduct has none."""
    if job == "reset":
        parts = standing.current_deliveries(DeliveryKind.RESET)
        return bool(parts) and all(each.state in OUT for each in parts)
    files = standing.current_deliveries(DeliveryKind.VARIANCE)
    return standing.is_of_current_reset("variance_delivery") and all(each.state in OUT for each in files)


def require(job: JobName, due: NextStep, on: date, *, again: bool = False) -> None:
    """Raises unless this job is the next step; `again`: also where the business date is complete."""
    match due:
        case RunJob(name) if name == job:
            return
        case RunJob(name):
            raise Refused(f"{name} of {on} comes before {job}: materialize it first", Remedy.RUN)
        case Wait(reason, until):
            raise Waiting(reason if until is None else f"{reason}, until {until:%Y-%m-%dT%H:%M:%SZ}")
        case Blocked(reasons):
            raise error_of(reasons[0])
        case Done():
            if not again:
                raise Refused(f"{on} is complete; nothing is delivered again")
