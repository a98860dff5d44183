"""The timeline of a run: planned and actual times of its stages. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from retailsync_assets.config.loader import Site
from retailsync_assets.ledger.models import Delivery, DeliveryKind, NightState
from retailsync_assets.workflow.calendar import clock_time
from retailsync_assets.workflow.decision import variance_release_at

SOON = timedelta(minutes=30)
"""How soon the variance is expected after its waiting period."""


@dataclass(frozen=True)
class TimelineStage:
    """One line of the timeline: planned and actual start and end; instants in UTC, None: not planned, or not yet."""

    name: str
    due_from: datetime | None
    due_until: datetime | None
    began: datetime | None
    ended: datetime | None

    @property
    def instants(self) -> tuple[datetime, ...]:
        return tuple(filter(None, (self.due_from, self.due_until, self.began, self.ended)))

    @property
    def minutes_late(self) -> int | None:
        """Whole minutes after the end of its plan, below zero before its start, 0 within it; None: nothing to tell."""
        if self.ended is None or (self.due_from is None and self.due_until is None):
            return None
        if self.due_until is not None and self.ended > self.due_until:
            return int((self.ended - self.due_until).total_seconds() // 60)
        return min(int((self.ended - self.due_from).total_seconds() // 60), 0) if self.due_from else 0


def stages(site: Site, standing: NightState, now: datetime) -> tuple[TimelineStage, ...]:
    """The run from the snapshot to the reconciliation, in order."""
    return tuple(_stages(site, standing, now))


def _stages(site: Site, standing: NightState, now: datetime) -> Iterator[TimelineStage]:
    on = standing.business_date
    give_up, reset_at = clock_time(on, "give_up", site), clock_time(on, "reset", site)
    resets, variances = (
        standing.current_deliveries(DeliveryKind.RESET),
        standing.current_deliveries(DeliveryKind.VARIANCE),
    )
    snapshot = standing.snapshot
    made = {asset: each.made_at for asset, each in standing.made.items()}

    def at(asset: str) -> datetime | None:
        return made.get(asset)

    yield TimelineStage(
        "snapshot taken → file received", None, give_up, snapshot and snapshot.as_of, at("raw_reset_file")
    )
    yield _moment("active products refreshed", clock_time(on, "active_products", site), reset_at, at("active_products"))
    yield _moment("reset filtered", reset_at, give_up, at("filtered_reset"))
    yield _moment("reset delivered", reset_at, give_up, _last(resets, "published_at"))
    reset_done = _last(resets, "finished_at")
    yield TimelineStage("HotWax imports the reset", None, None, _last(resets, "published_at"), reset_done)
    rested = variance_release_at(site, resets) if reset_done is not None else None
    over = rested if rested is not None and rested <= now else None
    yield TimelineStage("waiting period before the variance", reset_done, rested, reset_done, over)
    delivered = _last(variances, "published_at") or (at("variance_delivery") if not variances else None)
    yield _moment("variance delivered", rested, rested and rested + SOON, delivered)
    if variances:
        yield TimelineStage("HotWax imports the variance", None, None, delivered, _last(variances, "finished_at"))
    yield _moment("reconciliation", None, None, at("applied_inventory"))


def _moment(name: str, due_from: datetime | None, due_until: datetime | None, at: datetime | None) -> TimelineStage:
    return TimelineStage(name, due_from, due_until, at, at)


def _last(parts: tuple[Delivery, ...], field: str) -> datetime | None:
    """When the last of the parts had it; None while one has not."""
    found: list[datetime | None] = [getattr(part, field) for part in parts]
    known = [each for each in found if each is not None]
    return max(known) if known and len(known) == len(found) else None
