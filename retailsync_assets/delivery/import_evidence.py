"""HotWax's evidence of its imports, looked up and entered in the ledger: its log, and what lies in its folders."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from retailsync_assets.errors import Held
from retailsync_assets.ledger.models import Delivery, DeliveryKind, DeliveryState, Hold, NightState
from retailsync_assets.resources.oms import Oms, parse_utc
from retailsync_assets.resources.sftp.session import SftpSession
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.workflow.decision import withdrawal_certain_at

CONFIG = {DeliveryKind.RESET: "RESET_INVENTORY", DeliveryKind.VARIANCE: "MDM_INV_VARIANCE"}
FINISHED = "SERVICE_FINISHED"
NOT_APPLIED = ("SERVICE_FAILED", "SERVICE_CANCELLED", "SERVICE_CRASHED")
NOT_GIVEN = (DeliveryState.NEW, DeliveryState.PUBLISHING)
NEVER = timedelta(hours=12)
"""After so long without a word of HotWax's log on a file it took, a person has to say what became of it."""


@dataclass(frozen=True)
class ImportRun:
    """One log of HotWax's that read a delivered file; instants in UTC. A count it does not have is None."""

    log_id: str
    status: str
    started_at: datetime | None
    finished_at: datetime | None
    total_rows: int | None
    failed_rows: int
    failed_records_file: str | None


def imports_of(delivery: Delivery, oms: Oms) -> list[ImportRun]:
    """Every log of HotWax's that read this file, the oldest first."""
    return [
        ImportRun(
            log_id=row["log_id"],
            status=row["status_id"],
            started_at=parse_utc(row["started_at"]),
            finished_at=parse_utc(row["finished_at"]),
            total_rows=row["total_records"],
            failed_rows=row["failed_records"] or 0,
            failed_records_file=row["failed_records_file"],
        )
        for row in oms.rows("import_log", file_name=delivery.file_name, config_id=CONFIG[delivery.kind])
    ]


def applied_import(delivery: Delivery, oms: Oms) -> ImportRun:
    """The import that applied a file, the last where there are several; raises `Held` if none has finished.

    Of a file that was applied in part, the last that says which part.
    """
    finished = [each for each in imports_of(delivery, oms) if each.status == FINISHED]
    if not finished:
        raise Held(f"{delivery.file_name}: HotWax's log has no import of it that finished any more")
    in_part = [each for each in finished if each.failed_rows or each.failed_records_file]
    return (in_part if delivery.state is DeliveryState.PARTIAL and in_part else finished)[-1]


def refresh_imports(resources: SiteResources, on: date) -> NightState:
    """What HotWax made of the files it was given, of this night and unfinished others, written to the ledger.

    Answers how the night stands then.
    """
    standing = resources.night(on)
    given = [each for each in (*standing.deliveries, *standing.outstanding) if each.state not in NOT_GIVEN]
    if given:
        with resources.hotwax.session() as session:
            lying = _lying(resources, session, given)
        for each in given:
            delivery = _note_folder(resources, each, lying)
            _note_imports(resources, delivery, imports_of(delivery, resources.oms))
    return resources.night(on) if given else standing


def _lying(resources: SiteResources, session: SftpSession, given: list[Delivery]) -> set[str]:
    """The names in HotWax's folders and, where a file may have been taken back out of them, in staging."""
    settings = resources.site.hotwax
    folders = {settings.reset_folder if each.kind is DeliveryKind.RESET else settings.variance_folder for each in given}
    names = {file.name for folder in folders for file in session.plain_files(folder)}
    gone = any(each.state is DeliveryState.PUBLISHED and each.file_name not in names for each in given)
    return names | ({file.name for file in session.plain_files(settings.staging_folder)} if gone else set())


def _note_folder(resources: SiteResources, delivery: Delivery, lying: set[str]) -> Delivery:
    """What the folders say of a file: whether HotWax has taken it, or been given it again, or a withdrawal held."""
    now, ledger, lies_there = resources.now(), resources.ledger, delivery.file_name in lying
    match delivery.state:
        case DeliveryState.WITHDRAWING if lies_there:
            return ledger.update(delivery, now, state=DeliveryState.PUBLISHED, withdrawn_at=None)
        case DeliveryState.REJECTED if lies_there:
            again = f"{delivery.file_name} was given to HotWax once more by another hand"
            return ledger.update(delivery, now, state=DeliveryState.PUBLISHED, left_folder_at=None, reason=again)
        case DeliveryState.WITHDRAWING | DeliveryState.REJECTED:
            return delivery
        case DeliveryState.PUBLISHED if not lies_there and _withdrawn_names(delivery) & lying:
            return ledger.update(
                delivery, now, state=DeliveryState.WITHDRAWING, withdrawn_at=now, left_folder_at=None
            )  # who took it back died before that was entered
        case DeliveryState.PUBLISHED if not lies_there and delivery.left_folder_at is None:
            return ledger.update(delivery, now, left_folder_at=now)
        case _:
            taken = delivery.left_folder_at is not None or delivery.state is not DeliveryState.PUBLISHED
            if lies_there and taken:
                name = delivery.file_name
                reason = f"{name} lies in HotWax's folder again after it had been taken: it would be applied twice"
                ledger.raise_hold(delivery.business_date, Hold("back in its folder", name, reason, now))
            return delivery


def _withdrawn_names(delivery: Delivery) -> set[str]:
    return {withdrawn_name(delivery, epoch) for epoch in range(1, delivery.epoch + 1)}


def withdrawn_name(delivery: Delivery, epoch: int) -> str:
    """What a file is called in staging once a worker of that epoch has taken it back."""
    return f"{delivery.file_name}.{epoch}.withdrawn"


def _note_imports(resources: SiteResources, delivery: Delivery, imports: list[ImportRun]) -> None:
    """What the log says of a file. All its logs count: one that finished has applied it, whatever the others say."""
    ledger, now, on, name = resources.ledger, resources.now(), delivery.business_date, delivery.file_name
    if len(imports) > 1:
        reason = f"HotWax's log has {name} {len(imports)} times: it may have been applied twice"
        ledger.raise_hold(on, Hold("logged twice", name, reason, now))
    finished = [each for each in imports if each.status == FINISHED]
    match delivery.state:
        case DeliveryState.APPLIED | DeliveryState.PARTIAL:
            return
        case DeliveryState.WITHDRAWN if finished:
            reason = f"HotWax applied {name}, which had been withdrawn"
            ledger.raise_hold(on, Hold("applied after all", name, reason, now))
        case DeliveryState.WITHDRAWING if imports:
            taken = ledger.update(delivery, now, state=DeliveryState.PUBLISHED, left_folder_at=now)
            _note_imports(resources, taken, imports)
        case DeliveryState.WITHDRAWING:
            sure = withdrawal_certain_at(resources.site, delivery)
            if sure is not None and now >= sure:
                ledger.update(delivery, now, state=DeliveryState.WITHDRAWN)
        case DeliveryState.PUBLISHED | DeliveryState.REJECTED if finished:
            _note_applied(resources, delivery, max(finished, key=lambda each: each.finished_at or now))
        case DeliveryState.PUBLISHED if imports and all(each.status in NOT_APPLIED for each in imports):
            latest = imports[-1]
            reason = f"HotWax ended the import of {name} with {latest.status}: not applied"
            hold = Hold("import failed", name, reason, now)
            rejected = DeliveryState.REJECTED
            ledger.update(delivery, now, hold, state=rejected, finished_at=latest.finished_at or now, reason=reason)
        case DeliveryState.PUBLISHED if not imports:
            _note_silence(resources, delivery)
        case _:
            return


def _note_applied(resources: SiteResources, delivery: Delivery, latest: ImportRun) -> None:
    """A finished import: in full or in part. What it counts has to be what the file has, or a person says so."""
    ledger, now, on, name = resources.ledger, resources.now(), delivery.business_date, delivery.file_name
    odd = _odd(delivery, latest)
    if odd is not None and not _approved(resources, delivery, "odd evidence"):
        ledger.raise_hold(on, Hold("odd evidence", name, odd, now))
        return
    partial = bool(latest.failed_rows or latest.failed_records_file)
    reason = f"{latest.failed_rows} of {delivery.rows} rows failed" if partial else ""
    hold = None
    if delivery.state is DeliveryState.REJECTED and delivery.seq < ledger.night_state(on).last_seq(delivery.kind):
        again = f"HotWax applied {name} after all, and its rows were given once more since"
        hold = Hold("applied after all", name, again, now)
    elif partial and delivery.kind is DeliveryKind.VARIANCE:
        failed = f"HotWax did not apply {latest.failed_rows} rows of {name}"
        hold = Hold("variance rows failed", name, failed, now)
    state = DeliveryState.PARTIAL if partial else DeliveryState.APPLIED
    finished = latest.finished_at or now
    ledger.update(
        delivery, now, hold, state=state, finished_at=finished, failed_rows=latest.failed_rows, reason=reason
    )  # fmt: skip


def _odd(delivery: Delivery, found: ImportRun) -> str | None:
    """Why a finished import can't be that of the whole file, or None."""
    name = delivery.file_name
    if found.total_rows is not None and found.total_rows != delivery.rows:
        return f"HotWax's log counts {found.total_rows} rows of {name}, which has {delivery.rows}"
    if found.failed_rows > delivery.rows:
        return f"HotWax's log counts {found.failed_rows} failed rows of {name}, which has {delivery.rows}"
    if found.failed_records_file and not found.failed_rows:
        return f"HotWax's log names a failed-records file of {name} and counts no failed row"
    return None


def _note_silence(resources: SiteResources, delivery: Delivery) -> None:
    """HotWax took a file and its log never names it: a person finds out, and approved, it counts as not applied."""
    now, name, left = resources.now(), delivery.file_name, delivery.left_folder_at
    if left is None or now - left < NEVER:
        return
    if _approved(resources, delivery, "never logged"):
        reason = f"a person says that HotWax did not apply {name}"
        resources.ledger.update(delivery, now, state=DeliveryState.REJECTED, finished_at=now, reason=reason)
        return
    hours = f"{NEVER.total_seconds() / 3600:.0f}"
    reason = (
        f"HotWax took {name}, and {hours} hours later its log has no word of it; approved, it counts as not applied"
    )
    resources.ledger.raise_hold(delivery.business_date, Hold("never logged", name, reason, now))


def _approved(resources: SiteResources, delivery: Delivery, cause: str) -> bool:
    holds = resources.ledger.night_state(delivery.business_date).holds
    return any((each.cause, each.subject) == (cause, delivery.file_name) and each.approved_at for each in holds)
