"""A raw file comes in whole or not at all, lies under its hash, and is judged; its bytes are kept either way."""

import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from retailsync_assets.config.loader import Site
from retailsync_assets.errors import Held, Quarantined, Refused
from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets.ledger.models import Hold, InboxFile, Snapshot, SnapshotState
from retailsync_assets.raw_file.file_name import parse_name
from retailsync_assets.raw_file.hash_cache import HASHES
from retailsync_assets.raw_file.header import extra_delimiter
from retailsync_assets.raw_file.parser import LandedFile
from retailsync_assets.raw_file.stream_check import FileFacts, StreamCheck
from retailsync_assets.resources.atomic_file import fsync_folder
from retailsync_assets.resources.clock import CLOCK_DIFFERENCE
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.workflow.raw_files import staleness

START = 1 << 20


def land(resources: SiteResources, landing: Path, arrival: InboxFile) -> Snapshot:
    """Fetch and judge a raw file; raises `Quarantined`, `Refused` or `Held` after keeping the bytes and the reason."""
    site, ledger, now = resources.site, resources.ledger, resources.now()
    standing = ledger.night_state(arrival.business_date)
    stale = staleness(site, standing, arrival.as_of, now)
    if stale:
        ledger.record_snapshot(_judged(site, arrival, "", SnapshotState.REFUSED, f"{arrival.file_name}: {stale}"), now)
        raise Refused(f"{arrival.file_name}: {stale}")
    gate = StreamCheck(site.retail_pro)
    for left_over in landing.glob(".*.part"):
        left_over.unlink()
    part = landing / f".{os.getpid()}.part"
    with resources.retail_pro.session() as session, part.open("wb") as file:

        def keep(chunk: bytes) -> None:
            gate.feed(chunk)
            file.write(chunk)

        fetched = session.download(f"{site.retail_pro.inbox}/{arrival.file_name}", keep)
        file.flush()
        os.fsync(file.fileno())
    arrival = replace(arrival, size=fetched.size, mtime=fetched.mtime)
    landed = part.replace(landing / f"{gate.sha256}.csv")
    fsync_folder(landing)
    HASHES.remember(landed, gate.sha256)
    try:
        return _accept(site, ledger, arrival, gate, landed, now)
    except Quarantined as unusable:
        reason = unusable.text
        ledger.record_snapshot(_judged(site, arrival, gate.sha256, SnapshotState.QUARANTINED, reason), now)
        raise


def _accept(site: Site, ledger: Ledger, arrival: InboxFile, gate: StreamCheck, landed: Path, now: datetime) -> Snapshot:
    if arrival.as_of > now + CLOCK_DIFFERENCE:
        raise Quarantined(f"{arrival.file_name}: its snapshot time {arrival.as_of:%Y-%m-%dT%H:%M:%SZ} is in the future")
    try:
        passed = gate.result()
    except Quarantined as broken:
        raise Quarantined(f"{arrival.file_name}: {broken.text}") from broken
    _hold_second_date(ledger, arrival, passed.sha256, now)
    _hold_surplus(site, ledger, arrival, landed, passed, now)
    snapshot = replace(
        _judged(site, arrival, passed.sha256, SnapshotState.ACCEPTED, ""),
        lines=passed.lines,
        rows=passed.rows,
        blank_lines=passed.blank_lines,
        columns=passed.columns,
    )
    for other in ledger.night_state(arrival.business_date).snapshots:
        if other.state is SnapshotState.ACCEPTED and other.file_name != snapshot.file_name:
            reason = f"{other.file_name}: {snapshot.file_name} counts instead"
            ledger.record_snapshot(replace(other, state=SnapshotState.SUPERSEDED, reason=reason), now)
    ledger.record_snapshot(snapshot, now)
    return snapshot


def _hold_second_date(ledger: Ledger, arrival: InboxFile, sha256: str, now: datetime) -> None:
    other = ledger.other_date_of(sha256, arrival.business_date)
    if other is not None:
        reason = f"{arrival.file_name} has the same bytes as the raw file of {other}"
        _hold(ledger, arrival, Hold("same bytes", sha256, reason, now))


def _hold_surplus(
    site: Site, ledger: Ledger, arrival: InboxFile, landed: Path, passed: FileFacts, now: datetime
) -> None:
    with landed.open("rb") as file:
        start = file.read(START)
    found = extra_delimiter(start, passed.columns, site.retail_pro)
    if found:
        _hold(ledger, arrival, Hold("columns", passed.sha256, f"{arrival.file_name}: {found}", now))


def _hold(ledger: Ledger, arrival: InboxFile, hold: Hold) -> None:
    """Hold the night before the file counts for anything; approved, it is taken as it is."""
    ledger.raise_hold(arrival.business_date, hold)
    if any(each.subject == hold.subject for each in ledger.night_state(arrival.business_date).open_holds):
        raise Held(hold.reason)


def _judged(site: Site, arrival: InboxFile, sha256: str, state: SnapshotState, reason: str) -> Snapshot:
    name = parse_name(site, arrival.file_name)
    stamp = name.stamp if name else f"{arrival.as_of:%Y%m%d%H%M%S}"
    return Snapshot(
        business_date=arrival.business_date,
        snapshot_id=f"{stamp}-{sha256[:12]}",
        file_name=arrival.file_name,
        sha256=sha256,
        as_of=arrival.as_of,
        size=arrival.size,
        mtime=arrival.mtime,
        lines=0,
        rows=0,
        blank_lines=0,
        columns=(),
        state=state,
        reason=reason,
    )


def landed_file(landing: Path, snapshot: Snapshot, encoding: str) -> LandedFile:
    """An accepted raw file where it lies, with a copy beside it as UTF-8, made here, if it is in another encoding."""
    landed = landing / f"{snapshot.sha256}.csv"
    return LandedFile(
        sha256=snapshot.sha256,
        size=snapshot.size,
        lines=snapshot.lines,
        blank_lines=snapshot.blank_lines,
        columns=snapshot.columns,
        landed=landed,
        text=_as_utf_8(landed, encoding),
        sound=landed.with_suffix(".sound.csv"),
    )


def readable(landing: Path, snapshot: Snapshot, encoding: str) -> Path:
    """What DuckDB can read of a landed file: all of it as UTF-8, or the lines that `filtered_reset` found sound."""
    file = landed_file(landing, snapshot, encoding)
    return file.sound if file.sound.is_file() else file.text


def _as_utf_8(landed: Path, encoding: str) -> Path:
    if encoding == "utf-8":
        return landed
    copy, part = landed.with_suffix(".utf-8.csv"), landed.with_suffix(f".{os.getpid()}.part")
    if not HASHES.is_untouched(copy):
        with (
            landed.open(encoding=encoding, newline="") as source,
            part.open("w", encoding="utf-8", newline="") as target,
        ):
            while text := source.read(1 << 20):
                target.write(text)
        part.replace(copy)
        HASHES.remember(copy, "")
    return copy


def has_its_hash(landing: Path, snapshot: Snapshot) -> bool:
    """Do the landed bytes still have the hash they came with?"""
    return HASHES.has_hash(landing / f"{snapshot.sha256}.csv", snapshot.sha256)
