"""Dagster's books in memory, not in files: a night is judged by its ledger, and would take twice as long."""

from functools import cache
from pathlib import Path
from typing import Any, Self

import dagster as dg
from dagster._core.storage.base_storage import DagsterStorage
from dagster._core.storage.event_log import InMemoryEventLogStorage
from dagster._core.storage.runs import InMemoryRunStorage
from dagster._serdes import ConfigurableClass, ConfigurableClassData

SETTINGS = f"""\
telemetry:
  enabled: false
storage:
  custom:
    module: {__name__}
    class: InMemory
    config: {{}}
compute_logs:
  module: dagster._core.storage.noop_compute_log_manager
  class: NoOpComputeLogManager
"""
READ_AGAIN = {
    dg.DagsterEventType.ASSET_MATERIALIZATION_PLANNED,
    dg.DagsterEventType.ASSET_MATERIALIZATION,
    dg.DagsterEventType.ASSET_CHECK_EVALUATION_PLANNED,
    dg.DagsterEventType.ASSET_CHECK_EVALUATION,
    dg.DagsterEventType.STEP_START,
    dg.DagsterEventType.STEP_FAILURE,
}


class Events(InMemoryEventLogStorage):
    """Outlasts the instance that it was opened by. Of what happens in a step it keeps only what is read again."""

    def store_event(self, event: dg.EventLogEntry) -> None:
        if event.is_dagster_event and event.get_dagster_event().event_type in READ_AGAIN:
            super().store_event(event)

    def dispose(self) -> None:
        self._instance_weakref = None

    def register_instance(self, instance: Any) -> None:
        self._instance_weakref = None  # whoever had them before is gone, or a failed test never closed it
        super().register_instance(instance)


class Runs(InMemoryRunStorage):
    """Outlasts the instance that it was opened by."""

    def dispose(self) -> None:
        self._instance_weakref = None

    def register_instance(self, instance: Any) -> None:
        self._instance_weakref = None  # whoever had them before is gone, or a failed test never closed it
        super().register_instance(instance)


@cache
def books() -> tuple[Events, Runs]:
    """One pair for all worlds of a process: their sites have different names."""
    return Events(), Runs()


class InMemory(DagsterStorage[Any], ConfigurableClass):
    """Runs and events; there are no schedules."""

    def __init__(self, inst_data: ConfigurableClassData | None) -> None:
        super().__init__()
        self.data = inst_data
        self.events, self.runs = books()

    @property
    def inst_data(self) -> ConfigurableClassData | None:
        return self.data

    @classmethod
    def config_type(cls) -> dict[str, Any]:
        return {}

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData | None, config_value: Any) -> Self:
        return cls(inst_data)

    @property
    def event_log_storage(self) -> Any:
        return self.events

    @property
    def run_storage(self) -> Any:
        return self.runs

    @property
    def schedule_storage(self) -> Any:
        return None


def settle(folder: Path) -> None:
    """Dagster's home in `folder`, made before the product makes it: what it finds there it leaves alone."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dagster.yaml").write_text(SETTINGS, encoding="utf-8")
