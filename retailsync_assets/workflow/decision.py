"""The next step of a business date. Pure: `now` is always passed in, aware."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from retailsync_assets.config.loader import Site
from retailsync_assets.ledger.models import (
    UNFINISHED,
    Artefact,
    ArtefactState,
    Failure,
    Kind,
    Standing,
)
from retailsync_assets.workflow.calendar import clock
from retailsync_assets.workflow.provenance import names_of
from retailsync_assets.workflow.raw_files import LOOKS_NEEDED, newer, unjudged, why_stale
from retailsync_assets.workflow.step import Done, Run, Stopped, Verdict, Wait

WITH_HOTWAX = (ArtefactState.PUBLISHED,)
WITHDRAWN = (ArtefactState.WITHDRAWING, ArtefactState.WITHDRAWN)
TRIES = 3
PAUSE = timedelta(minutes=2)


def verdict(site: Site, standing: Standing, now: datetime, *, by_hand: bool) -> Verdict:
    """What may happen next in a night; `by_hand` leaves out the clock, never the order, the rest or the evidence."""
    due = _due(site, standing, now, by_hand=by_hand)
    failed = standing.failures.get(due.job) if isinstance(due, Run) else None
    if by_hand or failed is None:
        return due
    if failed.times < TRIES:
        again = tried_again(failed)
        return due if now >= again else Wait(f"{failed.job} failed, last: {failed.reason}; it is tried again", again)
    mend = f"retailsync run {site.name} --date {standing.business_date}"
    reason = f"failed: {failed.job} failed {failed.times} times, last: {failed.reason}; {mend} tries again"
    return Stopped((reason,), due.job if isinstance(due, Run) else None)


def tried_again(failed: Failure) -> datetime:
    """When a job that failed may start by itself again: the longer after, the oftener it has failed in a row."""
    return failed.last_at + PAUSE * failed.times**2


def _due(site: Site, standing: Standing, now: datetime, *, by_hand: bool) -> Verdict:
    if standing.open_holds:
        return Stopped(tuple(f"held: {hold.reason}" for hold in standing.open_holds))
    withdrawn = [each.file_name for each in standing.artefacts if each.state in WITHDRAWN]
    if withdrawn:
        return Stopped((f"refused: {', '.join(withdrawn)} was withdrawn for the next night's reset",))
    resets = standing.current(Kind.RESET)
    waiting = _with_hotwax(_all_resets(standing))
    if waiting and any(_to_be_sent_again(each, standing) for each in resets):
        return waiting
    if not resets or any(each.state in UNFINISHED or _to_be_sent_again(each, standing) for each in resets):
        return _before_the_reset(site, standing, now, by_hand=by_hand)
    return _after_the_reset(site, standing, resets, now)


def _before_the_reset(site: Site, standing: Standing, now: datetime, *, by_hand: bool) -> Verdict:
    on = standing.business_date
    if not by_hand:
        if now >= clock(on, "give_up", site):
            return Stopped(
                (f"missed: no reset went out by {site.schedule.give_up}; retailsync run {site.name} --date {on}",)
            )
        if now < clock(on, "active_products", site):
            return Wait("the active products are judged at their clock time", clock(on, "active_products", site))
    if active_products_due(site, standing, now):
        return Run("active_products")
    if not by_hand and now < clock(on, "reset", site):
        return Wait("the reset has its clock time", clock(on, "reset", site))
    return _raw_file(site, standing, now)


def active_products_due(site: Site, standing: Standing, now: datetime) -> bool:
    """They have not been made, or not since their clock time."""
    made = standing.made.get("active_products")
    if made is None:
        return True
    return made.made_at < clock(standing.business_date, "active_products", site) <= now


def _raw_file(site: Site, standing: Standing, now: datetime) -> Verdict:
    snapshot = standing.snapshot
    if snapshot is not None and not newer(standing, snapshot):
        stale = why_stale(site, standing, snapshot.as_of, now)
        if stale:
            return Stopped((f"refused: {snapshot.file_name}: {stale}",))
        return _others_first(site, standing) or Run("reset")
    candidates = unjudged(standing)
    if not candidates:
        judged = tuple(f"{each.state}: {each.reason}" for each in standing.snapshots)
        return (
            Stopped(judged)
            if judged
            else Wait(f"no raw reset file for {standing.business_date} in {site.retail_pro.inbox} yet")
        )
    growing = [each.file_name for each in candidates if each.looks < LOOKS_NEEDED]
    return Wait(f"{growing[0]} is still arriving") if growing else Run("reset")


def _others_first(site: Site, standing: Standing) -> Wait | None:
    """What another night gave HotWax ends before this reset goes out: by its evidence, or withdrawn for good."""
    for each in standing.outstanding:
        if each.state is ArtefactState.WITHDRAWING and each.withdrawn_at is not None:
            return Wait(f"{each.file_name} was withdrawn; HotWax may have read it", surely_withdrawn(site, each))
        if each.left_folder_at is not None:
            return Wait(f"HotWax has taken {each.file_name} of {each.business_date}; its evidence comes first")
    return None


def surely_withdrawn(site: Site, artefact: Artefact) -> datetime | None:
    """When a withdrawn file that HotWax's log does not know was not read: two of HotWax's polls later."""
    if artefact.withdrawn_at is None:
        return None
    return artefact.withdrawn_at + 2 * timedelta(minutes=site.hotwax.poll_minutes)


def _after_the_reset(site: Site, standing: Standing, resets: tuple[Artefact, ...], now: datetime) -> Verdict:
    at_once = site.variance.release == "with_reset"
    variances = standing.current(Kind.VARIANCE)
    superseded = standing.last_applied_as_of
    if standing.snapshot is not None and superseded is not None and superseded >= standing.snapshot.as_of:
        return _closing(standing, variances, superseded)
    if any(each.state in UNFINISHED or _to_be_sent_again(each, standing) for each in variances):
        return Run("variance")
    if at_once and "variance_delivery" not in standing.made:
        return Run("variance")
    waiting = _with_hotwax(_all_resets(standing))
    if waiting:
        return waiting
    reset = standing.made.get("applied_reset")
    if reset is None or reset.detail != names_of(resets):
        return Run("applied_reset")
    delivered = standing.made.get("variance_delivery")
    if delivered is None or delivered.detail != names_of(resets):
        rested = rest_ends(site, resets)
        if now < rested and not at_once:
            return Wait("the reset has to rest before the variance", rested)
        return Run("variance")
    waiting = _with_hotwax(variances)
    if waiting:
        return waiting
    read_back = standing.made.get("applied_inventory")
    return (
        Done()
        if read_back is not None and read_back.detail == names_of(resets + variances)
        else Run("applied_inventory")
    )


def _closing(standing: Standing, variances: tuple[Artefact, ...], superseded: datetime) -> Verdict:
    if "applied_inventory" in standing.made and not _with_hotwax(variances):
        return Done()
    return Stopped((f"refused: HotWax was sent a newer snapshot ({superseded:%Y-%m-%dT%H:%M:%SZ}) since",))


def rest_ends(site: Site, resets: Iterable[Artefact]) -> datetime:
    """When the variance may follow: so many elapsed minutes after HotWax finished the reset's last part."""
    finished = [each.finished_at for each in resets if each.finished_at is not None]
    return max(finished) + timedelta(minutes=site.variance.minutes_after_reset)


def _with_hotwax(artefacts: tuple[Artefact, ...]) -> Wait | None:
    waiting = [each.file_name for each in artefacts if each.state in WITH_HOTWAX]
    return Wait(f"HotWax has not imported {', '.join(waiting)} yet") if waiting else None


def _all_resets(standing: Standing) -> tuple[Artefact, ...]:
    """Every part of every reset of the night: one that was given up may still be with HotWax."""
    return tuple(each for each in standing.artefacts if each.kind is Kind.RESET)


def _to_be_sent_again(artefact: Artefact, standing: Standing) -> bool:
    """HotWax failed it, and a person has approved to deliver it anew."""
    failed = artefact.state is ArtefactState.REJECTED or (
        artefact.state is ArtefactState.PARTIAL and artefact.kind is Kind.VARIANCE
    )
    newest = artefact.seq == standing.last_seq(artefact.kind)
    return failed and newest and any(hold.subject == artefact.file_name and hold.approved_at for hold in standing.holds)
