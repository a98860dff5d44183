"""Looks outside and writes down what it sees: raw files in the inbox, HotWax's evidence of its imports."""

import hashlib
import time
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from retailsync_assets.ledger import Ledger
from retailsync_assets.ledger_reading import cause_key
from retailsync_assets.night import LOOKS_NEEDED, business_date, surely_withdrawn, unjudged
from retailsync_assets.outcomes import Held
from retailsync_assets.raw_names import read_name
from retailsync_assets.records import Arrival, Artefact, ArtefactState, Hold, Kind, Standing
from retailsync_assets.resources.oms import Oms, instant
from retailsync_assets.workplace import Workplace

CONFIG = {Kind.RESET: "RESET_INVENTORY", Kind.VARIANCE: "MDM_INV_VARIANCE"}
STILL_SECONDS = 1.0
FINISHED = "SERVICE_FINISHED"
NOT_APPLIED = ("SERVICE_FAILED", "SERVICE_CANCELLED", "SERVICE_CRASHED")
WITH_HOTWAX = (ArtefactState.PUBLISHED, ArtefactState.APPLIED, ArtefactState.PARTIAL, ArtefactState.WITHDRAWING)


@dataclass(frozen=True)
class Import:
    """One log of HotWax's that read a delivered file; instants in UTC."""

    log_id: str
    status: str
    started_at: datetime | None
    finished_at: datetime | None
    failed_rows: int
    failed_records_file: str | None


def look_at_inbox(place: Workplace, on: date, apart: timedelta = timedelta()) -> None:
    """One look at the raw files of a date; a second one beside the night's own holds the night.

    It counts as another look at a file only if the last one is so long ago.
    """
    site, ledger, now = place.site, place.ledger, place.now()
    with place.retail_pro.session() as session:
        files = session.plain_files(site.retail_pro.inbox)
    arrivals = [
        Arrival(on, file.name, name.as_of, file.size, file.mtime, looks=1)
        for file in files
        if (name := read_name(site, file.name)) is not None and business_date(name.as_of, site) == on
    ]
    ledger.seen(arrivals, on, now, apart)
    standing = ledger.standing(on)
    own = standing.snapshot
    names = sorted({each.file_name for each in unjudged(standing)} | ({own.file_name} if own else set()))
    if len(names) > 1:
        listed = ", ".join(names)
        reason = (
            f"a new snapshot came after the reset of {own.file_name} went out: {listed}"
            if own and standing.current(Kind.RESET)
            else f"{len(names)} raw files for {on}, only one can be its stock: {listed}; approved, the newest counts"
        )
        ledger.raise_hold(on, Hold("raw files", cause_key(listed), reason, now))
    _note_replacement(place, standing, now)


def _note_replacement(place: Workplace, standing: Standing, now: datetime) -> None:
    """The night's own raw file was written anew: the same bytes are noted, others hold the night."""
    own = standing.snapshot
    there = next((each for each in standing.arrivals if own and each.file_name == own.file_name), None)
    if own is None or there is None or there.looks < LOOKS_NEEDED or (there.size, there.mtime) == (own.size, own.mtime):
        return
    subject = cause_key(f"{there.file_name} {there.size} {there.mtime}")
    if any(hold.subject == subject for hold in standing.holds):
        return
    digest = hashlib.sha256()
    with place.retail_pro.session() as session:
        session.fetch(f"{place.site.retail_pro.inbox}/{there.file_name}", digest.update)
    if digest.hexdigest() == own.sha256:
        place.ledger.keep_snapshot(replace(own, mtime=there.mtime), now)
        return
    reason = f"a new snapshot came under the name of {own.file_name} after it was taken; approved, the first counts"
    place.ledger.raise_hold(standing.business_date, Hold("raw files", subject, reason, now))


def look_until_still(place: Workplace, on: date) -> None:
    """Look at the inbox, and once more a moment later if a file there has not been seen to stand still."""
    look_at_inbox(place, on)
    if any(each.looks < LOOKS_NEEDED for each in unjudged(place.ledger.standing(on))):
        time.sleep(STILL_SECONDS)
        look_at_inbox(place, on)


def imports_of(artefact: Artefact, oms: Oms) -> list[Import]:
    """Every log of HotWax's that read this file."""
    return [
        Import(
            log_id=row["log_id"],
            status=row["status_id"],
            started_at=instant(row["started_at"]),
            finished_at=instant(row["finished_at"]),
            failed_rows=row["failed_records"] or 0,
            failed_records_file=row["failed_records_file"],
        )
        for row in oms.rows("import_log", file_name=artefact.file_name, config_id=CONFIG[artefact.kind])
    ]


def the_import_of(artefact: Artefact, oms: Oms) -> Import:
    """The import of an applied file, the last where there are several; raises `Held` if none has finished."""
    finished = [each for each in imports_of(artefact, oms) if each.status == FINISHED]
    if not finished:
        raise Held(f"{artefact.file_name}: HotWax's log has no import of it that finished any more")
    return finished[-1]


def look_for_evidence(place: Workplace, on: date) -> Standing:
    """What HotWax made of the files it was given, of this night and unfinished others, written to the ledger.

    Answers how the night stands then.
    """
    site, ledger, now = place.site, place.ledger, place.now()
    standing = ledger.standing(on)
    given = [each for each in (*standing.artefacts, *standing.outstanding) if each.state in WITH_HOTWAX]
    if given:
        with place.hotwax.session() as session:
            lying = {
                kind: {file.name for file in session.plain_files(folder)}
                for kind, folder in (
                    (Kind.RESET, site.hotwax.reset_folder),
                    (Kind.VARIANCE, site.hotwax.variance_folder),
                )
                if any(each.kind is kind for each in given)
            }
        for artefact in given:
            imports = imports_of(artefact, place.oms)
            if artefact.state is ArtefactState.WITHDRAWING:
                _note_withdrawal(place, artefact, imports)
                continue
            _note_folder(ledger, artefact, artefact.file_name in lying[artefact.kind], now)
            _note_imports(ledger, artefact, imports, now)
    return ledger.standing(on)


def _note_folder(ledger: Ledger, artefact: Artefact, lies_there: bool, now: datetime) -> None:
    taken = artefact.left_folder_at is not None or artefact.state is not ArtefactState.PUBLISHED
    if lies_there and taken:
        reason = (
            f"{artefact.file_name} lies in HotWax's folder again after it had been taken: it would be applied twice"
        )
        ledger.raise_hold(artefact.business_date, Hold("back in its folder", artefact.file_name, reason, now))
    elif not lies_there and artefact.left_folder_at is None:
        ledger.move(artefact, now, left_folder_at=now)


def _note_withdrawal(place: Workplace, artefact: Artefact, imports: list[Import]) -> None:
    """A poller downloads first and archives later: only its silence proves that it had not read the file."""
    now, sure = place.now(), surely_withdrawn(place.site, artefact)
    if imports:
        taken = place.ledger.move(artefact, now, state=ArtefactState.PUBLISHED, left_folder_at=now)
        _note_imports(place.ledger, taken, imports, now)
    elif sure is not None and now >= sure:
        place.ledger.move(artefact, now, state=ArtefactState.WITHDRAWN)


def _note_imports(ledger: Ledger, artefact: Artefact, imports: list[Import], now: datetime) -> None:
    on = artefact.business_date
    if len(imports) > 1:
        reason = f"HotWax's log has {artefact.file_name} {len(imports)} times: it may have been applied twice"
        ledger.raise_hold(on, Hold("logged twice", artefact.file_name, reason, now))
    if artefact.state is not ArtefactState.PUBLISHED or not imports:
        return
    latest = imports[-1]
    if latest.status in NOT_APPLIED:
        reason = f"HotWax ended the import of {artefact.file_name} with {latest.status}: not applied"
        ledger.move(artefact, now, state=ArtefactState.REJECTED, finished_at=latest.finished_at or now, reason=reason)
        ledger.raise_hold(on, Hold("import failed", artefact.file_name, reason, now))
    elif latest.status == FINISHED:
        state = ArtefactState.PARTIAL if latest.failed_rows else ArtefactState.APPLIED
        reason = f"{latest.failed_rows} of {artefact.rows} rows failed" if latest.failed_rows else ""
        finished = latest.finished_at or now
        ledger.move(artefact, now, state=state, finished_at=finished, failed_rows=latest.failed_rows, reason=reason)
        if latest.failed_rows and artefact.kind is Kind.VARIANCE:
            reason = f"HotWax did not apply {latest.failed_rows} rows of {artefact.file_name}"
            ledger.raise_hold(on, Hold("variance rows failed", artefact.file_name, reason, now))
