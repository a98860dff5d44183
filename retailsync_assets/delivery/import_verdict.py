"""What HotWax's log says of a delivered file, entered in the ledger; what contradicts itself holds the night."""

import json
from datetime import datetime, timedelta

from retailsync_assets.config.wording import counted
from retailsync_assets.delivery.failed_records import (
    FailedRows,
    failed_rows,
    fetch_failed_records,
    kept_failed_records,
)
from retailsync_assets.delivery.import_doubts import (
    Doubt,
    clock_doubt,
    count_doubt,
    double_doubt,
    failed_doubt,
    unknown_state_doubt,
)
from retailsync_assets.delivery.import_log import ImportRun, ImportState, finished_import
from retailsync_assets.ledger.models import Delivery, DeliveryKind, DeliveryState, Hold, NightState
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.workflow.decision import withdrawal_certain_at

NEVER = timedelta(hours=12)
"""After so long without a word of HotWax's log on a file it took, a person has to say what became of it."""

FAILED, SILENT, UNKNOWN = "import failed", "never logged", "unknown state"
"""The causes of holds that, approved, say of a file that HotWax did not apply it."""

FROM_THE_EVIDENCE_ON = ("applied_reset", "variance_delivery")


def note_imports(resources: SiteResources, delivery: Delivery, imports: list[ImportRun], *, lies_there: bool) -> None:
    """Enter what all logs of a file say together; `lies_there`: HotWax still has to take it, or has it once more.

    One log that finished has applied the file, whatever the others say; but while one of them may still apply it,
    nothing is made of that yet.
    """
    ledger, now, on, name = resources.ledger, resources.now(), delivery.business_date, delivery.file_name
    case = _Case(resources, delivery, ledger.night_state(on))
    finished = finished_import(imports)
    undecided = any(each.state is ImportState.LIVE for each in imports) or (lies_there and finished is None)
    undecided |= case.is_held(UNKNOWN, unknown_state_doubt(delivery, imports))
    case.is_held("logged twice", double_doubt(delivery, imports))
    match delivery.state:
        case DeliveryState.APPLIED | DeliveryState.PARTIAL if undecided:
            case.note_running_again()
        case DeliveryState.APPLIED | DeliveryState.PARTIAL if finished is not None:
            case.note_applied_again(finished)
            if [each.state for each in imports].count(ImportState.FINISHED) == 1:
                case.note_later(finished)
        case DeliveryState.WITHDRAWN if finished is not None:
            reason = f"HotWax applied {name}, which had been withdrawn"
            ledger.raise_hold(on, Hold("applied after all", name, reason, now))
        case DeliveryState.WITHDRAWING if imports:
            taken = ledger.update(delivery, now, state=DeliveryState.PUBLISHED, left_folder_at=now)
            note_imports(resources, taken, imports, lies_there=lies_there)
        case DeliveryState.WITHDRAWING:
            sure = withdrawal_certain_at(resources.site, delivery)
            if sure is not None and now >= sure:
                ledger.update(delivery, now, state=DeliveryState.WITHDRAWN)
        case DeliveryState.PUBLISHED | DeliveryState.REJECTED if undecided:
            case.note_undecided()
        case DeliveryState.PUBLISHED | DeliveryState.REJECTED if finished is not None:
            case.note_applied(finished)
        case DeliveryState.PUBLISHED if imports:
            case.note_failed(imports[-1])
        case DeliveryState.PUBLISHED:
            case.note_silence()
        case _:
            return


class _Case:
    """One delivery, and how its night stood when its log was looked at."""

    def __init__(self, resources: SiteResources, delivery: Delivery, standing: NightState) -> None:
        self.resources, self.ledger, self.now = resources, resources.ledger, resources.now()
        self.delivery, self.standing = delivery, standing

    def is_held(self, cause: str, doubt: Doubt | None) -> bool:
        """Whether a doubt stands: it is a hold until a person approves, and is taken back once there is none."""
        if doubt is None:
            self._withdraw(cause)
            return False
        if any(each.approved_at and each.figures == doubt.figures for each in self._holds(cause)):
            return False
        self._hold(cause, doubt.reason, doubt.figures)
        return True

    def note_undecided(self) -> None:
        """HotWax may still apply it: a file that had failed is with HotWax once more, and nothing goes in its stead."""
        self._withdraw(FAILED, SILENT)
        if self.delivery.state is DeliveryState.REJECTED:
            again = "HotWax has its import once more"
            left = self.delivery.left_folder_at or self.now
            self._update(state=DeliveryState.PUBLISHED, left_folder_at=left, finished_at=None, reason=again)

    def note_applied(self, found: ImportRun) -> None:
        """A finished import: in full or in part, once HotWax has counted and what it counts can be so."""
        if not found.is_counted(self.now):
            return
        self._withdraw(FAILED, SILENT)
        delivery, failed = self.delivery, self._failed_rows(found)
        latest = max(self.now, delivery.published_at or self.now)  # this machine's clock may have been set back since
        doubts = {
            "odd clocks": clock_doubt(delivery, found, self._visible_at(found), latest),
            "odd confirmation": count_doubt(delivery, found),
            "failed records": failed_doubt(failed),
        }
        if {self.is_held(cause, doubt) for cause, doubt in doubts.items()} != {False}:
            return
        rows = len({(row["facility_id"], row["id_value"]) for row in failed.rows})
        state = DeliveryState.PARTIAL if rows else DeliveryState.APPLIED
        reason = f"{rows:,} of {counted(delivery.rows, 'row')} failed" if rows else ""
        finished = found.finished_at or self.now
        self._update(self._hold_of(rows), state=state, finished_at=finished, failed_rows=rows, reason=reason)
        if not rows:
            self._call_off_what_stands_in()

    def note_running_again(self) -> None:
        """A reset that had been applied is set once more, key by key: what was known of it counts no longer."""
        if self._is_open_reset():
            again = "HotWax has its import once more"
            self._update(state=DeliveryState.PUBLISHED, finished_at=None, failed_rows=0, reason=again)
            self._forget_the_evidence(again)

    def note_applied_again(self, found: ImportRun) -> None:
        """A reset that HotWax applied once more since: the later import is the one that stands."""
        before, since = self.delivery.finished_at, found.finished_at
        if before is None or since is None or since <= before or not self._is_open_reset():
            return
        self.note_applied(found)
        self._forget_the_evidence(f"HotWax applied {self.delivery.file_name} once more")

    def _is_open_reset(self) -> bool:
        return self.delivery.kind is DeliveryKind.RESET and not self.standing.is_of_current_deliveries(
            "applied_inventory"
        )

    def _forget_the_evidence(self, why: str) -> None:
        self.ledger.forget_materializations(self.delivery.business_date, FROM_THE_EVIDENCE_ON, self.now, why)

    def note_later(self, found: ImportRun) -> None:
        """HotWax may count its failed rows long after the end of the import: until the night is over that counts."""
        delivery, standing = self.delivery, self.standing
        if standing.is_of_current_deliveries("applied_inventory") or not found.is_counted(self.now):
            return
        unread = bool(delivery.failed_rows) and kept_failed_records(self.resources.home, delivery) is None
        more = (found.failed_rows or int(bool(found.failed_records_file))) > delivery.failed_rows
        if (more or unread) and not self._is_approved_as_it_is(found):
            self.note_applied(found)
            if more and delivery.kind is DeliveryKind.RESET:
                why = f"HotWax counts {found.failed_rows} failed rows of {delivery.file_name} by now"
                self._forget_the_evidence(why)

    def _is_approved_as_it_is(self, found: ImportRun) -> bool:
        """A person has approved this count with these failed records; HotWax may complete either later."""
        approved = any(each.approved_at for each in self._holds("failed records", "odd confirmation"))
        kept = kept_failed_records(self.resources.home, self.delivery)
        return approved and fetch_failed_records(self.resources, self.delivery, found) == kept

    def note_failed(self, latest: ImportRun) -> None:
        """Every import of it has ended without applying it."""
        self._withdraw(SILENT)
        name = self.delivery.file_name
        reason = f"HotWax ended the import of {name} with {latest.status}: not applied"
        hold = Hold(FAILED, name, reason, self.now, figures=f"{latest.log_id} {latest.status} {latest.finished_at}")
        said_so = latest.state is ImportState.UNKNOWN  # by the person who approved that
        finished = latest.finished_at or self.now
        self._update(None if said_so else hold, state=DeliveryState.REJECTED, finished_at=finished, reason=reason)

    def note_silence(self) -> None:
        """HotWax took a file and its log never names it: a person finds out; approved, it counts as not applied."""
        name, left = self.delivery.file_name, self.delivery.left_folder_at
        if left is None or self.now - left < NEVER:
            return
        hours = counted(round(NEVER.total_seconds() / 3600), "hour")
        reason = f"HotWax took {name}, and {hours} later its log has no word of it"
        if not self.is_held(SILENT, Doubt(f"{reason}; approved, it counts as not applied", "")):
            said = f"a person says that HotWax did not apply {name}"
            self._update(state=DeliveryState.REJECTED, finished_at=self.now, reason=said)

    def _failed_rows(self, found: ImportRun) -> FailedRows:
        if found.total_rows != 0 and not (found.failed_rows or found.failed_records_file):
            return FailedRows(())
        content = fetch_failed_records(self.resources, self.delivery, found)
        return failed_rows(self.resources, self.delivery, found, content)

    def _visible_at(self, found: ImportRun) -> datetime | None:
        """From when on HotWax could see the file: whoever published it may have died before that was entered."""
        entered = self.delivery.published_at
        if found.started_at is None or entered is None or found.started_at >= entered:
            return entered
        intended = [
            row.at
            for row in self.ledger.history(self.delivery.business_date)
            if row.what == f"{self.delivery.kind} {DeliveryState.PUBLISHING}"
            and json.loads(row.detail)["file"] == self.delivery.file_name
        ]
        return min(intended, default=entered)

    def _hold_of(self, failed: int) -> Hold | None:
        """What holds the night though the file is applied."""
        name, kind = self.delivery.file_name, self.delivery.kind
        given_up = self.delivery.state is DeliveryState.REJECTED or any(
            each.approved_at for each in self._holds(FAILED, SILENT, UNKNOWN)
        )
        if given_up and any(each.state is not DeliveryState.NEW for each in self._standing_in()):
            again = f"HotWax applied {name} after all, and its rows were given once more since"
            return Hold("applied after all", name, again, self.now)
        if failed and kind is DeliveryKind.VARIANCE:
            return Hold(
                "variance rows failed", name, f"HotWax did not apply {counted(failed, 'row')} of {name}", self.now
            )
        return None

    def _call_off_what_stands_in(self) -> None:
        """A variance that was promised in the stead of this one, and never went out, is not needed any more."""
        given_up = any(each.approved_at for each in self._holds(FAILED, SILENT, UNKNOWN))
        for each in self._standing_in() if given_up and self.delivery.kind is DeliveryKind.VARIANCE else ():
            if each.state is DeliveryState.NEW:
                why = f"HotWax applied {self.delivery.file_name} after all"
                self.ledger.update(each, self.now, state=DeliveryState.REJECTED, reason=why)

    def _standing_in(self) -> list[Delivery]:
        return [
            each
            for each in self.standing.deliveries
            if each.kind is self.delivery.kind and each.seq > self.delivery.seq
        ]

    def _holds(self, *causes: str) -> list[Hold]:
        name = self.delivery.file_name
        return [each for each in self.standing.holds if each.subject == name and each.cause in causes]

    def _withdraw(self, *causes: str) -> None:
        for each in self._holds(*causes):
            if each.approved_at is None:
                on, why = self.delivery.business_date, "its cause is no more"
                self.ledger.withdraw_hold(on, each.cause, each.subject, self.now, why)

    def _hold(self, cause: str, reason: str, figures: str) -> None:
        hold = Hold(cause, self.delivery.file_name, reason, self.now, figures=figures)
        self.ledger.raise_hold(self.delivery.business_date, hold)

    def _update(self, hold: Hold | None = None, **changes: object) -> None:
        self.ledger.update(self.delivery, self.now, hold, **changes)
