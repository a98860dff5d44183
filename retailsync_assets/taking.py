"""Takes a night as far as it can go now: look, ask for the verdict, run the job that is due, look again."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import dagster as dg

from retailsync_assets.dagster_home import prepared
from retailsync_assets.definitions import site_definitions
from retailsync_assets.evidence import look_for_evidence
from retailsync_assets.failures import line_of
from retailsync_assets.lookout import Lookout
from retailsync_assets.night import business_date, verdict
from retailsync_assets.outcomes import NotNow, Refused, Waiting, state_after
from retailsync_assets.ownership import owning
from retailsync_assets.report import Report, report
from retailsync_assets.site_runs import BY_HAND_TAG, SITE_TAG
from retailsync_assets.verdicts import Run
from retailsync_assets.witnesses import refuse_forgetful_ledger
from retailsync_assets.workplace import Workplace


@dataclass(frozen=True)
class Step:
    """One asset that a run made: seconds it took, and the metadata it shows in the page."""

    asset: str
    seconds: float
    metadata: dict[str, Any]


@contextmanager
def instance(place: Workplace) -> Generator[dg.DagsterInstance]:
    """The Dagster instance that the web page shows, too."""
    with dg.DagsterInstance.from_config(str(prepared(place.home))) as found:
        yield found


def take(place: Workplace, on: date, who: str, hear: Callable[[Step], None]) -> Report:
    """Run every job that is due; answers how the night stands when nothing more can run. Tells `hear` of each asset."""
    failure: str | None = None
    try:
        refuse_no_night(place, on)
        with owning(place.home, place.site.name, who), instance(place) as dagster:
            refuse_forgetful_ledger(place.home, place.ledger)
            definitions = site_definitions(place.site, place)
            last: Run | None = None
            inbox, patient = Lookout(place, on), True
            while True:
                inbox.look()
                due = verdict(place.site, look_for_evidence(place, on), place.now(), by_hand=True)
                if not isinstance(due, Run):
                    if patient and inbox.is_restless():
                        patient = False
                        continue
                    break
                failure = (
                    f"{due.job} ran and is due again"
                    if due == last
                    else _run(definitions, dagster, place, on, due, hear)
                )
                if failure is not None:
                    if state_after(failure) == "failed":
                        place.ledger.note_failure(on, due.job, failure, place.now())
                    break
                last = due
    except NotNow as outcome:
        failure = str(outcome)
    return report(place.site, place.ledger.standing(on), place.now(), failure)


def refuse_no_night(place: Workplace, on: date) -> None:
    """Dagster has a partition for each night from the first one to the one of this moment, and none beyond."""
    first = date.fromisoformat(place.site.schedule.first_night)
    if on < first:
        raise Refused(f"{on} is before the first night of {place.site.name}, {first} (schedule.first_night)")
    if on > business_date(place.now(), place.site):
        raise Waiting(f"the night of {on} has not begun")


def _run(
    definitions: dg.Definitions,
    dagster: dg.DagsterInstance,
    place: Workplace,
    on: date,
    due: Run,
    hear: Callable[[Step], None],
) -> str | None:
    """Run one job in this process; answers its failure in one line, or None."""
    result = definitions.resolve_job_def(f"{place.site.name}_{due.job}").execute_in_process(
        instance=dagster,
        partition_key=on.isoformat(),
        tags={SITE_TAG: place.site.name, BY_HAND_TAG: "true"},
        run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
        raise_on_error=False,
    )
    seconds = {
        event.step_key: event.step_success_data.duration_ms / 1000
        for event in result.all_events
        if event.event_type == dg.DagsterEventType.STEP_SUCCESS
    }
    for event in result.get_asset_materialization_events():
        materialization = event.step_materialization_data.materialization
        metadata = {key: value.value for key, value in materialization.metadata.items()}
        hear(Step(materialization.asset_key.path[-1], seconds.get(event.step_key, 0.0), metadata))
    return None if result.success else line_of(result.all_events, result.run_id)
