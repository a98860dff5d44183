"""HotWax's evidence of its imports, looked up and entered in the ledger: its log, and what lies in its folders."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from retailsync_assets.errors import Held
from retailsync_assets.ledger.models import Artefact, ArtefactState, Hold, Kind, Standing
from retailsync_assets.resources.oms import Oms, instant
from retailsync_assets.resources.sftp.session import Session
from retailsync_assets.resources.site import Workplace
from retailsync_assets.workflow.decision import surely_withdrawn

CONFIG = {Kind.RESET: "RESET_INVENTORY", Kind.VARIANCE: "MDM_INV_VARIANCE"}
FINISHED = "SERVICE_FINISHED"
NOT_APPLIED = ("SERVICE_FAILED", "SERVICE_CANCELLED", "SERVICE_CRASHED")
NOT_GIVEN = (ArtefactState.NEW, ArtefactState.PUBLISHING)
NEVER = timedelta(hours=12)
"""After so long without a word of HotWax's log on a file it took, a person has to say what became of it."""


@dataclass(frozen=True)
class Import:
    """One log of HotWax's that read a delivered file; instants in UTC. A count it does not have is None."""

    log_id: str
    status: str
    started_at: datetime | None
    finished_at: datetime | None
    total_rows: int | None
    failed_rows: int
    failed_records_file: str | None


def imports_of(artefact: Artefact, oms: Oms) -> list[Import]:
    """Every log of HotWax's that read this file, the oldest first."""
    return [
        Import(
            log_id=row["log_id"],
            status=row["status_id"],
            started_at=instant(row["started_at"]),
            finished_at=instant(row["finished_at"]),
            total_rows=row["total_records"],
            failed_rows=row["failed_records"] or 0,
            failed_records_file=row["failed_records_file"],
        )
        for row in oms.rows("import_log", file_name=artefact.file_name, config_id=CONFIG[artefact.kind])
    ]


def the_import_of(artefact: Artefact, oms: Oms) -> Import:
    """The import that applied a file, the last where there are several; raises `Held` if none has finished.

    Of a file that was applied in part, the last that says which part.
    """
    finished = [each for each in imports_of(artefact, oms) if each.status == FINISHED]
    if not finished:
        raise Held(f"{artefact.file_name}: HotWax's log has no import of it that finished any more")
    in_part = [each for each in finished if each.failed_rows or each.failed_records_file]
    return (in_part if artefact.state is ArtefactState.PARTIAL and in_part else finished)[-1]


def look_for_evidence(place: Workplace, on: date) -> Standing:
    """What HotWax made of the files it was given, of this night and unfinished others, written to the ledger.

    Answers how the night stands then.
    """
    standing = place.ledger.standing(on)
    given = [each for each in (*standing.artefacts, *standing.outstanding) if each.state not in NOT_GIVEN]
    if given:
        with place.hotwax.session() as session:
            lying = _lying(place, session, given)
        for each in given:
            artefact = _note_folder(place, each, lying)
            _note_imports(place, artefact, imports_of(artefact, place.oms))
    return place.ledger.standing(on)


def _lying(place: Workplace, session: Session, given: list[Artefact]) -> set[str]:
    """The names in HotWax's folders and, where a file may have been taken back out of them, in staging."""
    settings = place.site.hotwax
    folders = {settings.reset_folder if each.kind is Kind.RESET else settings.variance_folder for each in given}
    names = {file.name for folder in folders for file in session.plain_files(folder)}
    gone = any(each.state is ArtefactState.PUBLISHED and each.file_name not in names for each in given)
    return names | ({file.name for file in session.plain_files(settings.staging_folder)} if gone else set())


def _note_folder(place: Workplace, artefact: Artefact, lying: set[str]) -> Artefact:
    """What the folders say of a file: whether HotWax has taken it, or been given it again, or a withdrawal held."""
    now, ledger, lies_there = place.now(), place.ledger, artefact.file_name in lying
    match artefact.state:
        case ArtefactState.WITHDRAWING if lies_there:
            return ledger.move(artefact, now, state=ArtefactState.PUBLISHED, withdrawn_at=None)
        case ArtefactState.REJECTED if lies_there:
            again = f"{artefact.file_name} was given to HotWax once more by another hand"
            return ledger.move(artefact, now, state=ArtefactState.PUBLISHED, left_folder_at=None, reason=again)
        case ArtefactState.WITHDRAWING | ArtefactState.REJECTED:
            return artefact
        case ArtefactState.PUBLISHED if not lies_there and _withdrawn_names(artefact) & lying:
            return ledger.move(
                artefact, now, state=ArtefactState.WITHDRAWING, withdrawn_at=now, left_folder_at=None
            )  # who took it back died before that was entered
        case ArtefactState.PUBLISHED if not lies_there and artefact.left_folder_at is None:
            return ledger.move(artefact, now, left_folder_at=now)
        case _:
            taken = artefact.left_folder_at is not None or artefact.state is not ArtefactState.PUBLISHED
            if lies_there and taken:
                name = artefact.file_name
                reason = f"{name} lies in HotWax's folder again after it had been taken: it would be applied twice"
                ledger.raise_hold(artefact.business_date, Hold("back in its folder", name, reason, now))
            return artefact


def _withdrawn_names(artefact: Artefact) -> set[str]:
    return {withdrawn_name(artefact, epoch) for epoch in range(1, artefact.epoch + 1)}


def withdrawn_name(artefact: Artefact, epoch: int) -> str:
    """What a file is called in staging once a worker of that epoch has taken it back."""
    return f"{artefact.file_name}.{epoch}.withdrawn"


def _note_imports(place: Workplace, artefact: Artefact, imports: list[Import]) -> None:
    """What the log says of a file. All its logs count: one that finished has applied it, whatever the others say."""
    ledger, now, on, name = place.ledger, place.now(), artefact.business_date, artefact.file_name
    if len(imports) > 1:
        reason = f"HotWax's log has {name} {len(imports)} times: it may have been applied twice"
        ledger.raise_hold(on, Hold("logged twice", name, reason, now))
    finished = [each for each in imports if each.status == FINISHED]
    match artefact.state:
        case ArtefactState.APPLIED | ArtefactState.PARTIAL:
            return
        case ArtefactState.WITHDRAWN if finished:
            reason = f"HotWax applied {name}, which had been withdrawn"
            ledger.raise_hold(on, Hold("applied after all", name, reason, now))
        case ArtefactState.WITHDRAWING if imports:
            taken = ledger.move(artefact, now, state=ArtefactState.PUBLISHED, left_folder_at=now)
            _note_imports(place, taken, imports)
        case ArtefactState.WITHDRAWING:
            sure = surely_withdrawn(place.site, artefact)
            if sure is not None and now >= sure:
                ledger.move(artefact, now, state=ArtefactState.WITHDRAWN)
        case ArtefactState.PUBLISHED | ArtefactState.REJECTED if finished:
            _note_applied(place, artefact, max(finished, key=lambda each: each.finished_at or now))
        case ArtefactState.PUBLISHED if imports and all(each.status in NOT_APPLIED for each in imports):
            latest = imports[-1]
            reason = f"HotWax ended the import of {name} with {latest.status}: not applied"
            hold = Hold("import failed", name, reason, now)
            rejected = ArtefactState.REJECTED
            ledger.move(artefact, now, hold, state=rejected, finished_at=latest.finished_at or now, reason=reason)
        case ArtefactState.PUBLISHED if not imports:
            _note_silence(place, artefact)
        case _:
            return


def _note_applied(place: Workplace, artefact: Artefact, latest: Import) -> None:
    """A finished import: in full or in part. What it counts has to be what the file has, or a person says so."""
    ledger, now, on, name = place.ledger, place.now(), artefact.business_date, artefact.file_name
    odd = _odd(artefact, latest)
    if odd is not None and not _approved(place, artefact, "odd evidence"):
        ledger.raise_hold(on, Hold("odd evidence", name, odd, now))
        return
    partial = bool(latest.failed_rows or latest.failed_records_file)
    reason = f"{latest.failed_rows} of {artefact.rows} rows failed" if partial else ""
    hold = None
    if artefact.state is ArtefactState.REJECTED and artefact.seq < ledger.standing(on).last_seq(artefact.kind):
        again = f"HotWax applied {name} after all, and its rows were given once more since"
        hold = Hold("applied after all", name, again, now)
    elif partial and artefact.kind is Kind.VARIANCE:
        failed = f"HotWax did not apply {latest.failed_rows} rows of {name}"
        hold = Hold("variance rows failed", name, failed, now)
    state = ArtefactState.PARTIAL if partial else ArtefactState.APPLIED
    finished = latest.finished_at or now
    ledger.move(
        artefact, now, hold, state=state, finished_at=finished, failed_rows=latest.failed_rows, reason=reason
    )  # fmt: skip


def _odd(artefact: Artefact, found: Import) -> str | None:
    """Why a finished import can't be that of the whole file, or None."""
    name = artefact.file_name
    if found.total_rows is not None and found.total_rows != artefact.rows:
        return f"HotWax's log counts {found.total_rows} rows of {name}, which has {artefact.rows}"
    if found.failed_rows > artefact.rows:
        return f"HotWax's log counts {found.failed_rows} failed rows of {name}, which has {artefact.rows}"
    if found.failed_records_file and not found.failed_rows:
        return f"HotWax's log names a failed-records file of {name} and counts no failed row"
    return None


def _note_silence(place: Workplace, artefact: Artefact) -> None:
    """HotWax took a file and its log never names it: a person finds out, and approved, it counts as not applied."""
    now, name, left = place.now(), artefact.file_name, artefact.left_folder_at
    if left is None or now - left < NEVER:
        return
    if _approved(place, artefact, "never logged"):
        reason = f"a person says that HotWax did not apply {name}"
        place.ledger.move(artefact, now, state=ArtefactState.REJECTED, finished_at=now, reason=reason)
        return
    hours = f"{NEVER.total_seconds() / 3600:.0f}"
    reason = (
        f"HotWax took {name}, and {hours} hours later its log has no word of it; approved, it counts as not applied"
    )
    place.ledger.raise_hold(artefact.business_date, Hold("never logged", name, reason, now))


def _approved(place: Workplace, artefact: Artefact, cause: str) -> bool:
    holds = place.ledger.standing(artefact.business_date).holds
    return any((each.cause, each.subject) == (cause, artefact.file_name) and each.approved_at for each in holds)
