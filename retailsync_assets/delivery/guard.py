"""Leave to deliver: the last line of defence, asked in the body of a delivery, whoever launched it."""

from datetime import date

from retailsync_assets.config.jobs import Job
from retailsync_assets.delivery.import_evidence import look_for_evidence
from retailsync_assets.delivery.manifests import refuse_forgetful_ledger, refuse_ledger_hotwax_outran
from retailsync_assets.errors import Held, NotNow, Quarantined, Refused, Waiting
from retailsync_assets.ledger.models import ArtefactState, Kind, Standing
from retailsync_assets.resources.site import Workplace
from retailsync_assets.workflow.decision import verdict
from retailsync_assets.workflow.step import Done, Run, Stopped, Wait

OUT = (ArtefactState.PUBLISHED, ArtefactState.APPLIED, ArtefactState.PARTIAL)
KINDS: dict[str, type[NotNow]] = {kind.prefix: kind for kind in (Held, Quarantined, Refused)}


def leave_for(job: Job, place: Workplace, on: date) -> Standing:
    """How the night stands, if the verdict is that this job may run now; else raises what the verdict says."""
    refuse_forgetful_ledger(place.home, place.ledger)
    refuse_ledger_hotwax_outran(place.ledger, place.oms, on)
    standing = look_for_evidence(place, on)
    match verdict(place.site, standing, place.now(), by_hand=True):
        case Run(due) if due == job:
            return standing
        case Run(due):
            raise Refused(f"{due} of {on} comes before {job}: materialize it first")
        case Wait(reason, until):
            raise Waiting(reason if until is None else f"{reason}, until {until:%Y-%m-%dT%H:%M:%SZ}")
        case Stopped(reasons):
            raise _stopped(reasons[0])
        case Done():
            raise Refused(f"the night of {on} is complete; nothing is delivered again")


def refuse_to_change_what_was_sent(standing: Standing, asset: str) -> None:
    """Raises `Refused` once the night's reset is out: what it was made from is kept as it was, for whoever asks."""
    resets = standing.current(Kind.RESET)
    if resets and all(each.state in OUT for each in resets):
        raise Refused(
            f"{asset} of {standing.business_date} stays as it was when {resets[0].file_name} was made from it"
        )


def _stopped(reason: str) -> NotNow:
    for prefix, kind in KINDS.items():
        if reason.startswith(prefix):
            return kind(reason.removeprefix(prefix))
    return Refused(reason)
