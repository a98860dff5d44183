"""Where a business date stands, as `run`, `status`, the nightly report and Dagster show it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from retailsync_assets.config.loader import Site
from retailsync_assets.errors import Kind, Reason, Remedy
from retailsync_assets.ledger.models import LOOKS, MANIFESTS, OBSERVATION, Attempt, NightState
from retailsync_assets.workflow.calendar import business_date, zulu
from retailsync_assets.workflow.decision import NOT_RUN, next_step, was_over_before
from retailsync_assets.workflow.incidents import overdue_imports
from retailsync_assets.workflow.outlook import NextDue, next_due
from retailsync_assets.workflow.remedies import command
from retailsync_assets.workflow.stages import StageStatus, stages_of
from retailsync_assets.workflow.step import Blocked, Done, NextStep, RunJob, Wait

EXIT_CODE = {"complete": 0, "waiting": 3, "held": 4, "failed": 1}


@dataclass(frozen=True)
class NightStatus:
    """A business date of a site: `state` is complete, waiting, held or failed; each reason is one line.

    `stopped` is the attempt that did not get through, if one stopped it; `next_due` what the schedules do next, and
    when. `now` is the moment that it is of, in UTC; a person reads it in `time_zone`.
    """

    site: str
    business_date: str
    state: str
    reasons: tuple[Reason, ...]
    stages: tuple[StageStatus, ...]
    time_zone: str = "UTC"
    now: datetime | None = None
    stopped: Attempt | None = None
    next_due: NextDue | None = None

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
        return command(self.site, self.business_date, self.remedy) if self.remedy else None

    @property
    def remedy(self) -> Remedy | None:
        """That of the first reason that has one."""
        return next((reason.remedy for reason in self.reasons if reason.remedy), None)

    @property
    def is_not_run(self) -> bool:
        """The business date was over when this installation began, or is before `schedule.first_night`."""
        return self.reasons == (NOT_RUN,)

    def document(self) -> dict[str, Any]:
        """The JSON of the contract, and times in UTC."""
        stopped, due = self.stopped, self.next_due
        return {
            "site": self.site,
            "business_date": self.business_date,
            "state": self.state,
            "reasons": list(self.lines),
            "stages": [stage.document() for stage in self.stages],
            "next_step": self.next_step,
            "now": zulu(self.now),
            "blocked": stopped
            and {"since": zulu(stopped.first_at), "last": zulu(stopped.last_at), "attempts": stopped.times},
            "next_due": due and {"what": due.what, "at": zulu(due.at)},
        }


def night_status(site: Site, standing: NightState, now: datetime, instead: Reason | None = None) -> NightStatus:
    """How a business date stands now, by the ledger alone.

    `instead` is why a run that just ended attempted nothing, or waits: the ledger does not keep that.
    """
    state, reasons, stopped = _standing(site, standing, now)
    if instead is not None and state not in ("held", "complete"):
        state, reasons, stopped = instead.kind.state, (instead,), None
    stages = stages_of(site, standing)
    first = next((place for place, stage in enumerate(stages) if stage.state != "done"), None)
    if first is not None:
        stages[first] = replace(
            stages[first], state="failed" if state == "complete" else state, detail=str(reasons[0]) if reasons else ""
        )
    return NightStatus(
        site=site.name,
        business_date=standing.business_date.isoformat(),
        state=state,
        reasons=reasons,
        stages=tuple(stages),
        time_zone=site.time_zone,
        now=now,
        stopped=stopped,
        next_due=next_due(site, standing, now),
    )


def _standing(site: Site, standing: NightState, now: datetime) -> tuple[str, tuple[Reason, ...], Attempt | None]:
    """The state, its reasons, and the attempt that gave them, if one did."""
    on = standing.business_date
    if on > business_date(now, site):
        return "waiting", (Reason(Kind.WAITING, f"business date {on} has not begun"),), None
    over = on < business_date(now, site) and was_over_before(site, standing)
    if _is_untouched(standing) and (over or _is_before_the_first(site, on)):
        return "waiting", (NOT_RUN,), None
    found, attempt = _found(site, standing, now), stopped_by(site, standing, now)
    state, reasons = _state(found)
    if attempt is None or state == "held":
        return state, (state == "waiting" and _overdue(site, standing, now)) or reasons, None
    if state == "complete":  # what came after the last stage, such as the nightly report
        return state, (attempt.reason,), attempt
    if isinstance(found, Blocked):
        own = () if found.state == attempt.reason.kind.state else (attempt.reason,)
        return attempt.reason.kind.state, (*own, *reasons), attempt
    return attempt.reason.kind.state, (attempt.reason,), attempt


def _is_before_the_first(site: Site, on: date) -> bool:
    first = site.schedule.first_night
    return first is not None and on < date.fromisoformat(first)


def _is_untouched(standing: NightState) -> bool:
    return not (standing.snapshots or standing.made or standing.deliveries or standing.holds or standing.attempts)


def stopped_by(site: Site, standing: NightState, now: datetime) -> Attempt | None:
    """The last attempt, if it did not get through and did not just wait: at a look, or at the job that is due.

    Of a complete business date nothing outside is looked at any more: what stopped such a look is past.
    """
    due = next_step(site, standing, now, by_hand=True)
    jobs = (due.job,) if isinstance(due, RunJob) else ("reconciliation",) if isinstance(due, Done) else ()
    looks = (MANIFESTS,) if isinstance(due, Done) else LOOKS
    tried = (standing.attempts.get(step) for step in (*looks, *jobs))
    return next((each for each in tried if each is not None and each.reason.kind is not Kind.WAITING), None)


def _overdue(site: Site, standing: NightState, now: datetime) -> tuple[Reason, ...]:
    """What HotWax should have imported by now: the words of the alert."""
    late = overdue_imports(site, standing, now)
    return tuple(Reason(Kind.WAITING, text, Remedy.FIX_THEN_RUN) for _, text in late)


def _found(site: Site, standing: NightState, now: datetime) -> NextStep:
    """What holds a person's run counts first, then what the schedules gave up."""
    by_hand = next_step(site, standing, now, by_hand=True)
    by_clock = next_step(site, standing, now, by_hand=False)
    if not isinstance(by_clock, Blocked) or isinstance(by_hand, Blocked):
        return by_hand
    if not isinstance(by_hand, Wait):
        return by_clock
    given_up = tuple(
        replace(each, remedy=Remedy.FIX_THEN_RUN) if each.remedy is Remedy.RUN else each  # a run would only wait, too
        for each in by_clock.reasons
    )
    waited = standing.attempts.get(OBSERVATION)
    if waited is not None and waited.reason.text == by_hand.reason:
        return replace(by_clock, reasons=given_up)
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
