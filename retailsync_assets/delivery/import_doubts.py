"""Why HotWax's log of a file can't be taken at its word: each doubt with the figures that an approval covers. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from retailsync_assets.config.wording import counted, plural
from retailsync_assets.delivery.failed_records import FailedRows
from retailsync_assets.delivery.import_log import ImportRun, ImportState
from retailsync_assets.ledger.models import Delivery
from retailsync_assets.resources.clock import CLOCK_DIFFERENCE


@dataclass(frozen=True)
class Doubt:
    """Why a person has to look, in one line that says what an approval does; `figures` are what it covers."""

    reason: str
    figures: str


def unknown_state_doubt(delivery: Delivery, imports: Sequence[ImportRun]) -> Doubt | None:
    """A log has a state that is in no list: it may have applied the file, or may still."""
    strange = [each for each in imports if each.state is ImportState.UNKNOWN]
    if not strange:
        return None
    finished = any(each.state is ImportState.FINISHED for each in imports)
    means = "that import did not apply it" if finished else "it counts as not applied and is delivered anew"
    return Doubt(
        f"HotWax's log has {delivery.file_name} in the state {strange[0].status or 'null'!r}, which is not known:"
        f" approved, {means}",
        _listed(f"{each.log_id} {each.status}" for each in strange),
    )


def double_doubt(delivery: Delivery, imports: Sequence[ImportRun]) -> Doubt | None:
    """The file was applied more than once, or is about to be; one that crashed and its restart are one."""
    finished = [each for each in imports if each.state is ImportState.FINISHED]
    again = finished + [each for each in imports if each.state is ImportState.LIVE]
    if not finished or len(again) < 2:
        return None
    reason = f"HotWax's log has {delivery.file_name} {len(again)} times: it may have been applied twice"
    return Doubt(reason, _listed(each.log_id for each in again))


def count_doubt(delivery: Delivery, found: ImportRun) -> Doubt | None:
    """A finished import counts other rows than the file has: it can't be that of the whole file."""
    name, rows, figures = delivery.file_name, delivery.rows, f"{found.total_rows} {found.failed_rows}"
    if found.total_rows is not None and found.total_rows != rows:
        said = f"HotWax's log counts {counted(found.total_rows, 'row')} of {name}, which has {rows}"
        means = "every row not named as failed" if found.total_rows else "no row"
        return Doubt(f"{said}; approved, {means} counts as applied", figures)
    if found.failed_rows is not None and found.failed_rows > rows:
        said = f"HotWax's log counts {counted(found.failed_rows, 'failed row')} of {name}, which has {rows}"
        return Doubt(f"{said}; approved, the rows named as failed count so, or all if none is named", figures)
    if found.failed_records_file and found.failed_rows == 0:
        reason = f"HotWax's log names a failed-records file of {name} and counts no failed row"
        return Doubt(reason, figures)
    return None


def failed_doubt(failed: FailedRows) -> Doubt | None:
    """The rows that failed can't be all, or can't be these."""
    if failed.doubt is None:
        return None
    rows = len(failed.rows)
    named = f"the {counted(rows, 'row')} it names of the file {plural(rows, 'counts', 'count')} as failed, and no other"
    counts = named if rows else "none counts as failed"
    return Doubt(f"{failed.doubt}; approved, {counts}", f"{failed.doubt}")


def clock_doubt(delivery: Delivery, found: ImportRun, visible_at: datetime | None, now: datetime) -> Doubt | None:
    """An import began before the file could be seen (`visible_at`), or ended later than now, beyond what clocks differ.

    Then HotWax's times are not ours (a database in local time), or the log is another file's of the same name.
    """
    began, ended = found.started_at or found.finished_at, found.finished_at or found.started_at
    if began is None or ended is None:
        return None
    if visible_at is not None and began < visible_at - CLOCK_DIFFERENCE:
        said = f"began at {_zulu(began)} by its clock, before it was published at {_zulu(visible_at)} by this machine's"
    elif ended > now + CLOCK_DIFFERENCE:
        said = f"ended at {_zulu(ended)} by its clock, and it is {_zulu(now)} by this machine's"
    else:
        return None
    reason = (
        f"HotWax says that the import of {delivery.file_name} {said}: see that both keep UTC (retailsync doctor);"
        " approved, HotWax's times count as they stand"
    )
    return Doubt(reason, f"{_zulu(began)} {_zulu(ended)}")


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def _zulu(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
