"""Failures as Dagster shows them: one line, no traceback, and no retry where a person has to act."""

from collections.abc import Generator, Iterable
from contextlib import contextmanager

import dagster as dg

from retailsync_assets.errors import TOLD_TO_END, Kind, Reason, Remedy, RetailSyncError, Unreachable

KIND, TEXT, REMEDY = "retailsync_kind", "retailsync_reason", "retailsync_next_step"
"""Metadata of a failed step: Dagster keeps it with the run, so that no wording has to be parsed."""


@contextmanager
def as_dagster_failure() -> Generator[None]:
    """Whatever `RetailSyncError` this block raises fails the step with that line, and with its kind as metadata."""
    try:
        yield
    except RetailSyncError as outcome:
        reason = outcome.reason
        metadata = {KIND: reason.kind.value, TEXT: reason.text, REMEDY: reason.remedy.value if reason.remedy else ""}
        passing = isinstance(outcome, Unreachable)
        raise dg.Failure(str(outcome), metadata=metadata, allow_retries=passing) from outcome


def failure_reason(events: Iterable[dg.DagsterEvent], run_id: str) -> Reason:
    """Why a run failed: what its first failed gate found, or what its first failed step said."""
    for event in events:
        if event.event_type == dg.DagsterEventType.ASSET_CHECK_EVALUATION:
            found = event.asset_check_evaluation_data
            if not found.passed and found.severity == dg.AssetCheckSeverity.ERROR:
                return Reason(Kind.REFUSED, found.description or f"{found.check_name} failed")
        if event.event_type == dg.DagsterEventType.STEP_FAILURE:
            return _of_step(event, run_id)
    return Reason(Kind.ERROR, f"Dagster run {run_id} failed", Remedy.DOCTOR)


def _of_step(event: dg.DagsterEvent, run_id: str) -> Reason:
    data = event.step_failure_data
    if data.user_failure_data is not None:
        kept = {name: str(value.value) for name, value in data.user_failure_data.metadata.items()}
        if KIND in kept:
            return Reason(Kind(kept[KIND]), kept[TEXT], Remedy(kept[REMEDY]) if kept[REMEDY] else None)
        if data.user_failure_data.description:
            return Reason(Kind.ERROR, data.user_failure_data.description, Remedy.DOCTOR)
    error = data.error
    if error is not None and error.cls_name == dg.DagsterExecutionInterruptedError.__name__:
        return Reason(Kind.ERROR, f"{event.step_key} {TOLD_TO_END}", Remedy.RUN)
    while error is not None and error.cause is not None:
        error = error.cause
    said = error.message.strip().splitlines() if error else []
    text = f"{event.step_key}: {said[0] if said else 'failed'} (Dagster run {run_id})"
    return Reason(Kind.ERROR, text, Remedy.DOCTOR)
