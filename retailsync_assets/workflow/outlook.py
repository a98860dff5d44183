"""What comes next for a business date, and when, if nobody does anything: what the schedules do. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from retailsync_assets.config.loader import Site
from retailsync_assets.ledger.models import NightState
from retailsync_assets.workflow.calendar import business_date, clock_time
from retailsync_assets.workflow.decision import NOT_RUN, next_step
from retailsync_assets.workflow.step import Blocked, Done, RunJob, Wait

GIVE_UP = "last try"


@dataclass(frozen=True)
class NextDue:
    """What is due at an instant (UTC): a job in words, or the last try for a raw file."""

    what: str
    at: datetime


def next_due(site: Site, standing: NightState, now: datetime) -> NextDue | None:
    """The next thing that happens by the clock; None where HotWax or a person comes first, or nothing follows."""
    on = standing.business_date
    match next_step(site, standing, now, by_hand=False):
        case RunJob(job):
            return NextDue(_words(job), now)
        case Wait(reason) if reason == NOT_RUN.text:
            return None
        case Wait(reason, until) if until is not None:
            then = next_step(site, standing, until, by_hand=False)
            return NextDue(_words(then.job) if isinstance(then, RunJob) else reason, until)
        case Wait():
            return None if standing.promised_reset else NextDue(GIVE_UP, clock_time(on, "give_up", site))
        case Done() if on >= business_date(now, site):
            return NextDue(_words("active_products"), clock_time(on + timedelta(days=1), "active_products", site))
        case Done() | Blocked():
            return None


def _words(job: str) -> str:
    return job.replace("_", " ")
