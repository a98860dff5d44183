"""Failures as Dagster shows them: one line, no traceback, and no retry where a person has to act."""

from collections.abc import Generator, Iterable
from contextlib import contextmanager

import dagster as dg

from retailsync_assets.errors import TOLD_TO_END, Refused, RetailSyncError, Unreachable


@contextmanager
def as_dagster_failure() -> Generator[None]:
    """Whatever `RetailSyncError` this block raises fails the step with that line."""
    try:
        yield
    except RetailSyncError as outcome:
        passing = isinstance(outcome, Unreachable)
        raise dg.Failure(description=str(outcome), allow_retries=passing) from outcome


def failure_line(events: Iterable[dg.DagsterEvent], run_id: str) -> str:
    """The failure of a run in one line: its first failed check, or the error of its first failed step."""
    for event in events:
        if event.event_type == dg.DagsterEventType.ASSET_CHECK_EVALUATION:
            found = event.asset_check_evaluation_data
            if not found.passed and found.severity == dg.AssetCheckSeverity.ERROR:
                return f"{Refused.prefix}{found.description}"
        if event.event_type == dg.DagsterEventType.STEP_FAILURE:
            data = event.step_failure_data
            if data.user_failure_data is not None and data.user_failure_data.description:
                return data.user_failure_data.description
            error = data.error
            if error is not None and error.cls_name == dg.DagsterExecutionInterruptedError.__name__:
                return f"{event.step_key} {TOLD_TO_END}"
            while error is not None and error.cause is not None:
                error = error.cause
            said = error.message.strip().splitlines() if error else []
            return f"{event.step_key}: {said[0] if said else 'failed'} (Dagster run {run_id})"
    return f"Dagster run {run_id} failed"
