"""Takes a night as far as it can go now: look, ask for the verdict, run the job that is due, look again."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from typing import TYPE_CHECKING

from retailsync_assets.delivery.import_evidence import look_for_evidence
from retailsync_assets.delivery.manifests import refuse_forgetful_ledger
from retailsync_assets.errors import NotNow, Refused, Waiting, state_after
from retailsync_assets.raw_file.inbox import Lookout
from retailsync_assets.resources.locks import owning
from retailsync_assets.resources.site import Workplace
from retailsync_assets.workflow.calendar import business_date
from retailsync_assets.workflow.decision import verdict
from retailsync_assets.workflow.status import Report, report
from retailsync_assets.workflow.step import Run

if TYPE_CHECKING:
    from retailsync_assets.orchestration.execution.job_runner import JobRuns, Step


def take(place: Workplace, on: date, who: str, hear: "Callable[[Step], None]") -> Report:
    """Run every job that is due; answers how the night stands when nothing more can run. Tells `hear` of each asset."""
    failure: str | None = None
    try:
        refuse_no_night(place, on)
        with owning(place.home, place.site.name, who), ExitStack() as opened:
            refuse_forgetful_ledger(place.home, place.ledger)
            runs: JobRuns | None = None
            last: Run | None = None
            inbox, patient = Lookout(place, on), True
            while True:
                inbox.look()
                due = verdict(place.site, look_for_evidence(place, on), place.now(), by_hand=True)
                if not isinstance(due, Run):
                    if patient and inbox.is_restless():
                        patient = False
                        continue
                    break
                runs = runs or _runs(place, on, hear, opened)
                failure = f"{due.job} ran and is due again" if due == last else runs.run(due.job)
                if failure is not None:
                    if state_after(failure) == "failed":
                        place.ledger.note_failure(on, due.job, failure, place.now())
                    break
                last = due
    except NotNow as outcome:
        failure = str(outcome)
    return report(place.site, place.ledger.standing(on), place.now(), failure)


def _runs(place: Workplace, on: date, hear: "Callable[[Step], None]", opened: ExitStack) -> "JobRuns":
    """Dagster takes a second to import: not before the first look, whose file has to stand still for one anyway."""
    from retailsync_assets.orchestration.execution.job_runner import job_runs

    return opened.enter_context(job_runs(place, on, hear))


def refuse_no_night(place: Workplace, on: date) -> None:
    """Dagster has a partition for each night from the first one to the one of this moment, and none beyond."""
    first = date.fromisoformat(place.site.schedule.first_night)
    if on < first:
        raise Refused(f"{on} is before the first night of {place.site.name}, {first} (schedule.first_night)")
    if on > business_date(place.now(), place.site):
        raise Waiting(f"the night of {on} has not begun")
