"""Leave to deliver: the last line of defence, asked in the body of a delivery, whoever launched it."""

from datetime import date

from retailsync_assets.config.jobs import JobName
from retailsync_assets.delivery.import_evidence import refresh_imports
from retailsync_assets.delivery.manifests import check_import_log, check_manifests
from retailsync_assets.errors import Held, Quarantined, Refused, RetailSyncError, Waiting
from retailsync_assets.ledger.models import DeliveryKind, DeliveryState, NightState
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.workflow.decision import next_step
from retailsync_assets.workflow.step import Blocked, Done, RunJob, Wait

OUT = (DeliveryState.PUBLISHED, DeliveryState.APPLIED, DeliveryState.PARTIAL)
KINDS: dict[str, type[RetailSyncError]] = {kind.prefix: kind for kind in (Held, Quarantined, Refused)}


def authorize(job: JobName, resources: SiteResources, on: date) -> NightState:
    """How the night stands, if the verdict is that this job may run now; else raises what the verdict says."""
    check_manifests(resources.home, resources.ledger)
    check_import_log(resources.ledger, resources.oms, on)
    standing = refresh_imports(resources, on)
    match next_step(resources.site, standing, resources.now(), by_hand=True):
        case RunJob(due) if due == job:
            return standing
        case RunJob(due):
            raise Refused(f"{due} of {on} comes before {job}: materialize it first")
        case Wait(reason, until):
            raise Waiting(reason if until is None else f"{reason}, until {until:%Y-%m-%dT%H:%M:%SZ}")
        case Blocked(reasons):
            raise _stopped(reasons[0])
        case Done():
            raise Refused(f"the night of {on} is complete; nothing is delivered again")


def refuse_change_after_delivery(standing: NightState, asset: str) -> None:
    """Raises `Refused` once the night's reset is out: what it was made from is kept as it was, for whoever asks."""
    resets = standing.current_deliveries(DeliveryKind.RESET)
    if resets and all(each.state in OUT for each in resets):
        raise Refused(
            f"{asset} of {standing.business_date} stays as it was when {resets[0].file_name} was made from it"
        )


def _stopped(reason: str) -> RetailSyncError:
    for prefix, kind in KINDS.items():
        if reason.startswith(prefix):
            return kind(reason.removeprefix(prefix))
    return Refused(reason)
