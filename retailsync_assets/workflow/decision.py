"""The next step of a business date. Pure: `now` is always passed in, aware."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from retailsync_assets.config.loader import Site
from retailsync_assets.errors import Kind, Reason, Remedy
from retailsync_assets.ledger.models import (
    OBSERVATION,
    UNFINISHED,
    Attempt,
    Delivery,
    DeliveryKind,
    DeliveryState,
    NightState,
    SnapshotState,
)
from retailsync_assets.workflow.calendar import clock_time
from retailsync_assets.workflow.raw_files import STABLE_SCANS, newer, pending, staleness
from retailsync_assets.workflow.remedies import command
from retailsync_assets.workflow.step import Blocked, Done, NextStep, RunJob, Wait

WITH_HOTWAX = (DeliveryState.PUBLISHED,)
WITHDRAWN = (DeliveryState.WITHDRAWING, DeliveryState.WITHDRAWN)
TRIES = 3
PAUSE = timedelta(minutes=2)
NOT_RUN = Reason(Kind.WAITING, "not run by this installation")
"""Of a business date that was over when this ledger began, and of which it has nothing."""


def next_step(site: Site, standing: NightState, now: datetime, *, by_hand: bool) -> NextStep:
    """What may happen next in a night; `by_hand` leaves out the clock, never the order, the rest or the evidence."""
    due = _due(site, standing, now, by_hand=by_hand)
    failed = standing.attempts.get(due.job) if isinstance(due, RunJob) else None
    if by_hand or failed is None or not isinstance(due, RunJob):
        return due
    if failed.times < TRIES:
        again = tried_again(failed)
        return due if now >= again else Wait(f"{due.job} failed, last: {failed.reason}; it is tried again", again)
    return Blocked((given_up(failed),), due.job)


def tried_again(failed: Attempt) -> datetime:
    """When a job that failed may start by itself again: the longer after, the oftener it has failed in a row."""
    return failed.last_at + PAUSE * failed.times**2


def given_up(failed: Attempt) -> Reason:
    """Why schedules and sensors no longer start a job: its last failure, whose next step is the way on."""
    on_hold = failed.reason.kind.state == "held"
    kind, text = (failed.reason.kind, failed.reason.text) if on_hold else (Kind.FAILED, str(failed.reason))
    return Reason(kind, f"{failed.step} failed {failed.times} times, last: {text}", failed.reason.remedy or Remedy.RUN)


def missed(site: Site) -> str:
    """What is said of a business date whose reset did not go out in time."""
    return f"no reset went out by {site.schedule.give_up}"


def was_over_before(site: Site, standing: NightState) -> bool:
    """The schedules' tries of this business date had ended when this ledger first heard of the site."""
    return standing.began_at is None or standing.began_at >= clock_time(standing.business_date, "give_up", site)


def _due(site: Site, standing: NightState, now: datetime, *, by_hand: bool) -> NextStep:
    if standing.open_holds:
        return Blocked(tuple(Reason(Kind.HELD, hold.reason, Remedy.APPROVE) for hold in standing.open_holds))
    withdrawn = [each.file_name for each in standing.deliveries if each.state in WITHDRAWN]
    if withdrawn:
        return _refused(f"{', '.join(withdrawn)} was withdrawn for the next business date's reset")
    resets = standing.current_deliveries(DeliveryKind.RESET)
    waiting = _with_hotwax(_all_resets(standing))
    if waiting and any(_to_be_sent_again(each, standing) for each in resets):
        return waiting
    waiting = _with_hotwax(tuple(each for each in _all_resets(standing) if each not in resets))
    if waiting and standing.unpublished(DeliveryKind.RESET):
        return waiting
    if not resets or any(each.state in UNFINISHED or _to_be_sent_again(each, standing) for each in resets):
        return _before_the_reset(site, standing, now, by_hand=by_hand)
    return _after_the_reset(site, standing, resets, now)


def _before_the_reset(site: Site, standing: NightState, now: datetime, *, by_hand: bool) -> NextStep:
    on = standing.business_date
    promised = standing.unpublished(DeliveryKind.RESET)
    if any(each.state is not DeliveryState.NEW for each in standing.current_deliveries(DeliveryKind.RESET) if promised):
        return _others_first(site, standing) or RunJob("reset")  # what began to go out is finished, whatever the clock
    if not by_hand:
        if now >= clock_time(on, "give_up", site):
            return _missed(site, standing)
        if now < clock_time(on, "active_products", site):
            opens = clock_time(on, "active_products", site)
            return Wait("active products are refreshed at their clock time", opens)
    if not promised and active_products_due(site, standing, now):
        return RunJob("active_products")
    if not by_hand and now < clock_time(on, "reset", site):
        return Wait("the reset has its clock time", clock_time(on, "reset", site))
    return _raw_file(site, standing, now)


def _missed(site: Site, standing: NightState) -> Wait | Blocked:
    if was_over_before(site, standing):
        return Wait(NOT_RUN.text)
    waited = standing.attempts.get(OBSERVATION)
    if waited is None:
        return Blocked((Reason(Kind.MISSED, missed(site), Remedy.RUN),))
    text = f"{missed(site)}; it waited: {waited.reason}"
    return Blocked((Reason(Kind.MISSED, text, waited.reason.remedy or Remedy.RUN),))


def active_products_due(site: Site, standing: NightState, now: datetime) -> bool:
    """They have not been made, or not since their clock time."""
    made = standing.made.get("active_products")
    if made is None:
        return True
    return made.made_at < clock_time(standing.business_date, "active_products", site) <= now


def _raw_file(site: Site, standing: NightState, now: datetime) -> NextStep:
    snapshot = standing.snapshot
    if snapshot is not None and not newer(standing, snapshot):
        stale = staleness(site, standing, snapshot.as_of, now)
        if stale:
            return _refused(f"{snapshot.file_name}: {stale}", Remedy.FIX_THEN_RUN)
        return _others_first(site, standing) or RunJob("reset")
    candidates = pending(standing)
    if not candidates:
        judged = tuple(
            Reason(Kind(each.state), each.reason, Remedy.FIX_THEN_RUN)
            for each in standing.snapshots
            if each.state in (SnapshotState.QUARANTINED, SnapshotState.REFUSED)
        )
        return (
            Blocked(judged)
            if judged
            else Wait(f"no raw reset file for {standing.business_date} in {site.retail_pro.inbox} yet")
        )
    growing = [each.file_name for each in candidates if each.looks < STABLE_SCANS]
    return Wait(f"{growing[0]} is still arriving") if growing else RunJob("reset")


def _others_first(site: Site, standing: NightState) -> Wait | Blocked | None:
    """What another business date delivered ends before this reset goes out: imported, or withdrawn for good."""
    for each in standing.outstanding:
        hold = standing.on_hold_elsewhere.get(each.file_name)
        if hold is not None:
            approve = command(site.name, each.business_date, Remedy.APPROVE)
            return Blocked(
                (Reason(Kind.HELD, f"{hold.reason} ({each.business_date}; next: {approve})", Remedy.STATUS),)
            )
        if each.state is DeliveryState.WITHDRAWING and each.withdrawn_at is not None:
            return Wait(f"{each.file_name} was withdrawn; HotWax may have read it", withdrawal_certain_at(site, each))
        if each.left_folder_at is not None:
            return Wait(
                f"HotWax has taken {each.file_name} of {each.business_date}; waiting for its import confirmation"
            )
    return None


def withdrawal_certain_at(site: Site, delivery: Delivery) -> datetime | None:
    """When a withdrawn file that HotWax's log does not know was not read: two of HotWax's polls later."""
    if delivery.withdrawn_at is None:
        return None
    return delivery.withdrawn_at + 2 * timedelta(minutes=site.hotwax.poll_minutes)


def _after_the_reset(site: Site, standing: NightState, resets: tuple[Delivery, ...], now: datetime) -> NextStep:
    at_once = site.variance.release == "with_reset"
    variances = standing.current_deliveries(DeliveryKind.VARIANCE)
    superseded = standing.last_applied_as_of
    if standing.snapshot is not None and superseded is not None and superseded >= standing.snapshot.as_of:
        return _closing(standing, variances, superseded)
    taken = _with_hotwax(tuple(each for each in variances if each.left_folder_at is not None))
    if any(each.state in UNFINISHED for each in variances):
        return taken or RunJob("variance")
    if at_once and "variance_delivery" not in standing.made:
        return RunJob("variance")
    waiting = _with_hotwax(_all_resets(standing))
    if waiting:
        return waiting
    if any(each.business_date < standing.business_date for each in standing.outstanding):
        others = _others_first(site, standing)  # an earlier night's import that HotWax has taken up again
        if others is not None:
            return others
    if not standing.is_of_current_reset("applied_reset"):
        return RunJob("reset_confirmation")
    if any(_to_be_sent_again(each, standing) for each in variances):
        return taken or RunJob("variance")
    if not standing.is_of_current_reset("variance_delivery"):
        opens = variance_release_at(site, resets)
        if now < opens and not at_once:
            return Wait("waiting period between reset and variance", opens)
        return taken or RunJob("variance")
    waiting = _with_hotwax(variances)
    if waiting:
        return waiting
    return Done() if standing.is_of_current_deliveries("applied_inventory") else RunJob("reconciliation")


def _closing(standing: NightState, variances: tuple[Delivery, ...], superseded: datetime) -> NextStep:
    if "applied_inventory" in standing.made and not _with_hotwax(variances):
        return Done()
    return _refused(f"HotWax was sent a newer snapshot ({superseded:%Y-%m-%dT%H:%M:%SZ}) since")


def _refused(text: str, remedy: Remedy | None = None) -> Blocked:
    return Blocked((Reason(Kind.REFUSED, text, remedy),))


def variance_release_at(site: Site, resets: Iterable[Delivery]) -> datetime:
    """When the variance may follow: so many elapsed minutes after HotWax finished the reset's last part."""
    finished = [each.finished_at for each in resets if each.finished_at is not None]
    return max(finished) + timedelta(minutes=site.variance.minutes_after_reset)


def _with_hotwax(deliveries: tuple[Delivery, ...]) -> Wait | None:
    waiting = [each.file_name for each in deliveries if each.state in WITH_HOTWAX]
    return Wait(f"HotWax has not imported {', '.join(waiting)} yet") if waiting else None


def _all_resets(standing: NightState) -> tuple[Delivery, ...]:
    """Every part of every reset of the business date: one that was given up may still be with HotWax."""
    return tuple(each for each in standing.deliveries if each.kind is DeliveryKind.RESET)


def _to_be_sent_again(delivery: Delivery, standing: NightState) -> bool:
    """HotWax failed it, a person has approved to deliver it anew, and no variance was computed since.

    One that was and left no newer file has found nothing due any more.
    """
    failed = delivery.state is DeliveryState.REJECTED or (
        delivery.state is DeliveryState.PARTIAL and delivery.kind is DeliveryKind.VARIANCE
    )
    newest = delivery.seq == standing.last_seq(delivery.kind)
    approved = [hold.approved_at for hold in standing.holds if hold.subject == delivery.file_name and hold.approved_at]
    made = standing.made.get("variance_delivery") if delivery.kind is DeliveryKind.VARIANCE else None
    return failed and newest and any(made is None or made.made_at <= each for each in approved)
