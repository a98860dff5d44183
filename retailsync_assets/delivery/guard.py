"""Leave to deliver: the last line of defence, asked in the body of a delivery, whoever launched it."""

from datetime import date

from retailsync_assets.config.jobs import JobName
from retailsync_assets.delivery.import_evidence import refresh_imports
from retailsync_assets.delivery.manifests import check_import_log, check_manifests
from retailsync_assets.errors import Refused, Remedy, Waiting, error_of
from retailsync_assets.ledger.models import NightState
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.workflow.decision import next_step
from retailsync_assets.workflow.step import Blocked, Done, NextStep, RunJob, Wait


def authorize(job: JobName, resources: SiteResources, on: date) -> NightState:
    """Where the business date stands, if this job may run now; else raises why not, as its own kind of error."""
    check_manifests(resources.home, resources.ledger)
    check_import_log(resources.ledger, resources.oms, on)
    standing = refresh_imports(resources, on)
    require(job, next_step(resources.site, standing, resources.now(), by_hand=True), on)
    return standing


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


def refuse_change_after_promise(standing: NightState, asset: str) -> None:
    """Raises `Refused` once the reset is promised: what it was made from is kept as it was, for whoever asks."""
    if standing.promised_reset:
        name = standing.promised_reset[0].file_name
        raise Refused(f"{asset} of {standing.business_date} stays as it was when {name} was made from it")
