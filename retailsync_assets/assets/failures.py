"""How a step of a Dagster run ends other than well: one line, no stack, and a reason that is kept."""

import sys
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager

import dagster as dg

from retailsync_assets.errors import TOLD_TO_END, Kind, Reason, Remedy, RetailSyncError, Unreachable

KIND, TEXT, REMEDY = "retailsync_kind", "retailsync_reason", "retailsync_next_step"
"""Metadata of a failed step: Dagster keeps it with the run, so that no wording has to be parsed."""
WAITING_FOR = "waiting_for"
"""Metadata of the observation of an asset that waits."""


@contextmanager
def as_dagster_failure() -> Generator[None]:
    """Whatever `RetailSyncError` this block raises fails the step with that line, and with its kind as metadata."""
    show_stacks()
    try:
        yield
    except RetailSyncError as outcome:
        raise failure_of(outcome.reason, passing=isinstance(outcome, Unreachable)) from None


def failure_of(reason: Reason, *, passing: bool = False) -> dg.Failure:
    """The failure of a step for a reason that is not a bug, whose stack Dagster leaves out."""
    hide_stacks()
    metadata = {KIND: reason.kind.value, TEXT: reason.text, REMEDY: reason.remedy.value if reason.remedy else ""}
    return dg.Failure(str(reason), metadata=metadata, allow_retries=passing)


def hide_stacks() -> None:
    """Dagster keeps the stack of whatever a step raises, and the UI prints it below the line: Python's own limit
    leaves it out, of what is raised until `show_stacks`.
    """
    sys.tracebacklimit = 0


def show_stacks() -> None:
    """Every step begins so, and the run ends so: what a bug raises is kept with its stack."""
    if hasattr(sys, "tracebacklimit"):
        del sys.tracebacklimit


def observed_wait(asset: dg.AssetKey, partition: str, text: str) -> dg.AssetObservation:
    """Why a step waits: the Dagster UI shows it with the run and with the asset."""
    return dg.AssetObservation(asset, partition=partition, metadata={WAITING_FOR: text})


def stop_reason(events: Iterable[dg.DagsterEvent], run_id: str, *, failed: bool) -> Reason | None:
    """Why a run did not do all it was started for: what it failed for, else what its first waiting step waits for."""
    if failed:
        return failure_reason(events, run_id)
    observed = dg.DagsterEventType.ASSET_OBSERVATION
    waits = (each.asset_observation_data.asset_observation for each in events if each.event_type == observed)
    texts = (str(each.metadata[WAITING_FOR].value) for each in waits if WAITING_FOR in each.metadata)
    return next((Reason(Kind.WAITING, text) for text in texts), None)


def failure_reason(events: Iterable[dg.DagsterEvent], run_id: str) -> Reason:
    """Why a run failed: what its first failed step said."""
    for event in events:
        if event.event_type == dg.DagsterEventType.STEP_FAILURE:
            return _of_step(event, run_id)
    return Reason(Kind.ERROR, f"Dagster run {run_id} failed", Remedy.DOCTOR)


def _of_step(event: dg.DagsterEvent, run_id: str) -> Reason:
    data = event.step_failure_data
    if data.user_failure_data is not None:
        if KIND in data.user_failure_data.metadata:
            return _kept(data.user_failure_data.metadata)
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


def _kept(metadata: Mapping[str, dg.MetadataValue]) -> Reason:
    kind, text, remedy = (str(metadata[each].value) for each in (KIND, TEXT, REMEDY))
    return Reason(Kind(kind), text, Remedy(remedy) if remedy else None)
