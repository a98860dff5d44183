"""Which raw file a business date works with: what is pending, what is newer, what is too old. Pure."""

from datetime import datetime, timedelta

from retailsync_assets.config.loader import Site
from retailsync_assets.config.wording import plural
from retailsync_assets.ledger.models import (
    DeliveryKind,
    InboxFile,
    NightState,
    Snapshot,
    SnapshotState,
)

STABLE_SCANS = 2


def pending(standing: NightState) -> list[InboxFile]:
    """The raw files of this date that were neither quarantined nor refused as they stand."""
    judged = {
        (each.file_name, each.size, each.mtime)
        for each in standing.snapshots
        if each.state in (SnapshotState.QUARANTINED, SnapshotState.REFUSED)
    }
    return [each for each in standing.arrivals if (each.file_name, each.size, each.mtime) not in judged]


def newer(standing: NightState, snapshot: Snapshot) -> list[InboxFile]:
    """Raw files of the date with a later snapshot than the accepted one, as long as no reset is out."""
    if standing.current_deliveries(DeliveryKind.RESET):
        return []
    return [each for each in pending(standing) if each.as_of > snapshot.as_of]


def staleness(site: Site, standing: NightState, as_of: datetime, now: datetime) -> str | None:
    """Why a snapshot of this age may not set HotWax's on-hand quantities, or None."""
    oldest = now - timedelta(hours=site.retail_pro.max_age_hours)
    if as_of < oldest:
        hours = site.retail_pro.max_age_hours
        return f"its snapshot is of {as_of:%Y-%m-%dT%H:%M:%SZ}, older than {hours:g} {plural(hours, 'hour')}"
    if standing.last_applied_as_of is not None and as_of <= standing.last_applied_as_of:
        return (
            f"its snapshot is of {as_of:%Y-%m-%dT%H:%M:%SZ}, not newer than what HotWax was sent last"
            f" ({standing.last_applied_as_of:%Y-%m-%dT%H:%M:%SZ})"
        )
    return None
