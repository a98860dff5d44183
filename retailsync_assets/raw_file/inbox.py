"""Looks into the inbox and writes down what raw files it sees there."""

import hashlib
import time
from dataclasses import replace
from datetime import date, datetime, timedelta

from retailsync_assets.ledger.models import DeliveryKind, Hold, InboxFile, NightState
from retailsync_assets.ledger.reader import digest
from retailsync_assets.raw_file.file_name import is_hostile, parse_name
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.workflow.calendar import business_date
from retailsync_assets.workflow.raw_files import STABLE_SCANS, pending

STILL_SECONDS = 1.0


def scan_inbox(resources: SiteResources, on: date, apart: timedelta = timedelta()) -> list[str]:
    """One look at the raw files of a date; a second one beside the night's own holds the night.

    It counts as another look at a file only if the last one is so long ago. Answers the hostile names that lie there.
    """
    site, ledger, now = resources.site, resources.ledger, resources.now()
    with resources.retail_pro.session() as session:
        files = session.plain_files(site.retail_pro.inbox)
    arrivals = [
        InboxFile(on, file.name, name.as_of, file.size, file.mtime, looks=1)
        for file in files
        if (name := parse_name(site, file.name)) is not None and business_date(name.as_of, site) == on
    ]
    ledger.record_inbox(arrivals, on, now, apart)
    standing = ledger.night_state(on)
    own = standing.snapshot
    names = sorted({each.file_name for each in pending(standing)} | ({own.file_name} if own else set()))
    if len(names) > 1:
        listed = ", ".join(names)
        reason = (
            f"a new snapshot arrived after the reset of {own.file_name} was delivered: {listed}"
            if own and standing.current_deliveries(DeliveryKind.RESET)
            else f"{len(names)} raw files for {on}, expected one: {listed}; approve to use the newest"
        )
        ledger.raise_hold(on, Hold("raw files", digest(listed), reason, now))
    _note_replacement(resources, standing, now)
    return [file.name for file in files if is_hostile(file.name)]


def _note_replacement(resources: SiteResources, standing: NightState, now: datetime) -> None:
    """The night's own raw file was written anew: the same bytes are noted, others hold the night."""
    own = standing.snapshot
    there = next((each for each in standing.arrivals if own and each.file_name == own.file_name), None)
    if own is None or there is None or there.looks < STABLE_SCANS or (there.size, there.mtime) == (own.size, own.mtime):
        return
    subject = digest(f"{there.file_name} {there.size} {there.mtime}")
    if any(hold.subject == subject for hold in standing.holds):
        return
    sha256 = hashlib.sha256()
    with resources.retail_pro.session() as session:
        session.download(f"{resources.site.retail_pro.inbox}/{there.file_name}", sha256.update)
    if sha256.hexdigest() == own.sha256:
        resources.ledger.record_snapshot(replace(own, mtime=there.mtime), now)
        return
    reason = f"a new snapshot arrived under the name of {own.file_name} after the download; approve to keep the first"
    resources.ledger.raise_hold(standing.business_date, Hold("raw files", subject, reason, now))


class InboxWatcher:
    """Looks at the inbox of one night, `STILL_SECONDS` apart where a file has not been seen to stand still yet.

    What a run does meanwhile counts as waiting.
    """

    def __init__(self, resources: SiteResources, on: date) -> None:
        self._resources, self._on = resources, on
        self._looked = time.monotonic()  # another may have looked a moment ago

    def look(self) -> list[str]:
        """Polls it; answers the hostile names that lie there."""
        if self.is_restless():
            time.sleep(max(0.0, self._looked + STILL_SECONDS - time.monotonic()))
        hostile = scan_inbox(self._resources, self._on)
        self._looked = time.monotonic()
        return hostile

    def is_restless(self) -> bool:
        """Is there a file that may still be arriving?"""
        return any(each.looks < STABLE_SCANS for each in pending(self._resources.ledger.night_state(self._on)))


def wait_until_stable(resources: SiteResources, on: date) -> None:
    """Look at the inbox, and once more a moment later if a file there has not been seen to stand still."""
    inbox = InboxWatcher(resources, on)
    inbox.look()
    if inbox.is_restless():
        inbox.look()
