"""Raw files are kept for a while: to ask them, to replay a night, to show Retail Pro what it sent. Then they go."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from retailsync_assets.ledger.models import Snapshot, SnapshotState
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.workflow.calendar import business_date

LAST_NIGHTS = 7
"""Accepted business dates that are kept whatever their age: a site that paused for long has its past, too."""


def expired(snapshots: Iterable[Snapshot], days: float, today: date) -> Iterator[Snapshot]:
    """Which snapshots are older than so many days, oldest first, the last accepted nights and their bytes aside."""
    ordered = sorted(snapshots, key=lambda each: (each.business_date, each.file_name))
    accepted = [each for each in ordered if each.state is SnapshotState.ACCEPTED]
    kept = {each.sha256 for each in accepted[-LAST_NIGHTS:]}
    eldest = today - timedelta(days=days)
    kept |= {each.sha256 for each in ordered if each.business_date >= eldest}
    yield from (each for each in ordered if each.sha256 and each.sha256 not in kept)


def delete_expired(resources: SiteResources, landing: Path) -> int:
    """Delete what has expired from the landing folder, each deletion entered in the journal first; answers how many."""
    deleted, today = 0, business_date(resources.now(), resources.site)
    for snapshot in expired(resources.ledger.snapshots(), resources.site.retail_pro.landing_days, today):
        files = sorted(landing.glob(f"{snapshot.sha256}.*"))
        if files:
            resources.ledger.note_deletion(snapshot, resources.now())
            deleted += 1
        for file in files:
            file.unlink(missing_ok=True)
    return deleted
