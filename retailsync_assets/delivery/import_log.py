"""HotWax's log of its imports: one run of an import for each log that read a delivered file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from retailsync_assets.ledger.models import Delivery, DeliveryKind
from retailsync_assets.resources.oms import Oms, parse_utc

CONFIG = {DeliveryKind.RESET: "RESET_INVENTORY", DeliveryKind.VARIANCE: "MDM_INV_VARIANCE"}
COUNTED_AFTER = timedelta(minutes=2)
"""HotWax may enter how many rows failed a moment after the end of the import; so long after it, it won't."""


class ImportState(Enum):
    """How far an import is: it may still apply the file, has applied it, or has ended without."""

    LIVE = ("pending", "queued", "running")
    FINISHED = ("finished",)
    NOT_APPLIED = ("failed", "cancelled", "crashed")
    UNKNOWN = ()


def import_state(status_id: str | None) -> ImportState:
    """`SERVICE_FINISHED` and `DmlsFinished` are the same in two versions of HotWax, in any case."""
    written = (status_id or "").strip().casefold()
    name = written.removeprefix("service").removeprefix("dmls").lstrip("_")
    return next((state for state in ImportState if name in state.value), ImportState.UNKNOWN)


@dataclass(frozen=True)
class ImportRun:
    """One log of HotWax's that read a delivered file; instants in UTC. A count it does not have is None."""

    log_id: str
    status: str
    started_at: datetime | None
    finished_at: datetime | None
    total_rows: int | None
    failed_rows: int | None
    failed_records_file: str | None

    @property
    def state(self) -> ImportState:
        return import_state(self.status)

    def is_counted(self, now: datetime) -> bool:
        """Whether HotWax has said by now how many rows failed, or won't any more."""
        return self.failed_rows is not None or (
            self.finished_at is not None and now - self.finished_at >= COUNTED_AFTER
        )


def imports_of(delivery: Delivery, oms: Oms) -> list[ImportRun]:
    """Every log of HotWax's that read this file, the oldest first."""
    return [
        ImportRun(
            log_id=row["log_id"],
            status=row["status_id"] or "",
            started_at=parse_utc(row["started_at"]),
            finished_at=parse_utc(row["finished_at"]),
            total_rows=row["total_records"],
            failed_rows=row["failed_records"],
            failed_records_file=row["failed_records_file"],
        )
        for row in oms.rows("import_log", file_name=delivery.file_name, config_id=CONFIG[delivery.kind])
    ]


def finished_import(imports: Iterable[ImportRun]) -> ImportRun | None:
    """The import that applied a file, of several the one that ended last; None: none has."""
    return max((each for each in imports if each.state is ImportState.FINISHED), key=_ended, default=None)


def _ended(run: ImportRun) -> tuple[bool, str]:
    return run.finished_at is None, str(run.finished_at)
