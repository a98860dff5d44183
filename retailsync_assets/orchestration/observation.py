"""The first third of observe, decide, act: what the inbox and HotWax say now, entered in the ledger."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import date

from retailsync_assets.config.jobs import JobName
from retailsync_assets.delivery.import_evidence import refresh_imports
from retailsync_assets.errors import Kind, Reason, RetailSyncError, Waiting
from retailsync_assets.ledger.models import OBSERVATION, Attempt, DeliveryKind, NightState
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.workflow.decision import next_step
from retailsync_assets.workflow.step import Blocked, Done, RunJob, Wait


def observe(resources: SiteResources, on: date, scan: Callable[[], list[str]] | None) -> tuple[NightState, list[str]]:
    """Where a business date stands after a look at everything outside, and the hostile names that lie in the inbox.

    `scan` polls the inbox and answers those names; None leaves the inbox out, and with it what stopped an earlier poll.
    Schedules, sensors and `run` decide on what this answers; a delivery's guard looks at HotWax once more by itself.
    Raises what the servers, HotWax's database and the ledger raise.
    """
    hostile = scan() if scan else []
    standing = refresh_imports(resources, on)
    if scan or not _is_stopped_before_the_reset(standing):
        _enter(resources, standing)
    return standing, hostile


def _is_stopped_before_the_reset(standing: NightState) -> bool:
    """Until the reset is delivered, a look that failed may have failed at the inbox."""
    stopped = standing.attempts.get(OBSERVATION)
    failed = stopped is not None and stopped.reason.kind is not Kind.WAITING
    return failed and not standing.current_deliveries(DeliveryKind.RESET)


def _enter(resources: SiteResources, standing: NightState) -> None:
    """The look got through: what stopped earlier ones is over, and what the run waits for is entered instead."""
    on, now = standing.business_date, resources.now()
    match next_step(resources.site, standing, now, by_hand=True):
        case Wait(reason):
            resources.ledger.record_attempt(on, OBSERVATION, Reason(Kind.WAITING, reason), now)
        case RunJob() | Blocked() | Done() if OBSERVATION in standing.attempts:
            resources.ledger.end_attempts(on, OBSERVATION, now)
        case RunJob() | Blocked() | Done():
            pass


@contextmanager
def recording(resources: SiteResources, on: date, step: str) -> Generator[None]:
    """What stops this block is entered in the ledger, where `status` reads it, and raised."""
    try:
        yield
    except Waiting:
        raise
    except RetailSyncError as outcome:
        resources.ledger.record_attempt(on, step, outcome.reason, resources.now())
        raise


def record_failure(resources: SiteResources, on: date, job: JobName, reason: Reason) -> Attempt | None:
    """Count a job's failure; None: it only waits, or the ledger says by itself why the job may not run."""
    due = next_step(resources.site, resources.ledger.night_state(on), resources.now(), by_hand=True)
    if reason.kind is Kind.WAITING or due not in (RunJob(job), Done()):
        return None
    return resources.ledger.record_attempt(on, job, reason, resources.now())
