import os
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from retailsync_assets.config.home import Home
from retailsync_assets.orchestration.instance.dagster_home import prepare
from retailsync_assets.orchestration.instance.sqlite_pool import MOST, OpenDatabases
from retailsync_assets.orchestration.instance.storage import EventLog, RunLog

OWN = "telemetry: {enabled: false}\n"


@dg.asset
def counted() -> None:
    """An asset that is only seen in Dagster's books."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "dagster"))
    return prepare(Home(tmp_path))


@pytest.fixture
def instance(folder: Path) -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.from_config(str(folder)) as found:
        assert isinstance(found.event_log_storage, EventLog)
        assert isinstance(found.run_storage, RunLog)
        yield found


def materialized(instance: dg.DagsterInstance) -> list[str]:
    records = instance.fetch_materializations(dg.AssetKey("counted"), limit=100).records
    return [record.run_id for record in records]


def test_what_they_hold_is_read_by_dagsters_own_storage_which_goes_on_in_it(folder: Path) -> None:
    with dg.DagsterInstance.from_config(str(folder)) as ours:
        first = dg.materialize([counted], instance=ours).run_id
    (folder / "dagster.yaml").write_text(OWN, encoding="utf-8")
    with dg.DagsterInstance.from_config(str(folder)) as own:
        assert not isinstance(own.event_log_storage, EventLog)
        assert materialized(own) == [first]
        assert [log.dagster_event_type for log in own.all_logs(first)][-1] == dg.DagsterEventType.RUN_SUCCESS
        second = dg.materialize([counted], instance=own).run_id
    (folder / "dagster.yaml").unlink()
    prepare(Home(folder.parent))
    with dg.DagsterInstance.from_config(str(folder)) as ours:
        assert materialized(ours) == [second, first]
        assert {run.run_id for run in ours.get_runs()} == {first, second}


def test_another_process_reads_what_was_just_written(instance: dg.DagsterInstance, folder: Path) -> None:
    run = dg.materialize([counted], instance=instance).run_id
    with dg.DagsterInstance.from_config(str(folder)) as other:
        assert materialized(other) == [run]


def test_who_watches_the_file_of_a_run_sees_each_event(instance: dg.DagsterInstance, folder: Path) -> None:
    run = dg.materialize([counted], instance=instance)
    file = folder / "history" / "runs" / f"{run.run_id}.db"
    os.utime(file, (0, 0))
    instance.report_engine_event("seen", run.dagster_run)
    assert file.stat().st_mtime > 0


def test_closed_every_log_is_written_back(folder: Path) -> None:
    with dg.DagsterInstance.from_config(str(folder)) as instance:
        dg.materialize([counted], instance=instance)
        assert list(folder.glob("history/**/*-wal"))
    assert not list(folder.glob("history/**/*-wal"))


def test_a_log_that_was_wiped_goes_on_empty(instance: dg.DagsterInstance) -> None:
    dg.materialize([counted], instance=instance)
    instance.wipe()
    assert materialized(instance) == []
    again = dg.materialize([counted], instance=instance).run_id
    assert materialized(instance) == [again]


def test_a_database_that_somebody_removed_is_made_anew(instance: dg.DagsterInstance, folder: Path) -> None:
    run = dg.materialize([counted], instance=instance)
    for file in (folder / "history" / "runs").glob(f"{run.run_id}.db*"):
        file.unlink()
    instance.report_engine_event("after", run.dagster_run)
    assert len(instance.all_logs(run.run_id)) == 1


def test_of_many_runs_few_databases_stay_open(tmp_path: Path) -> None:
    log = EventLog(str(tmp_path))
    for number in range(MOST + 5):
        with log.run_connection(f"run-{number}"):
            pass
    descriptors = [each for each in Path("/proc/self/fd").iterdir() if each.is_symlink()]
    opened = {str(each.readlink()) for each in descriptors if each.is_symlink()}
    assert len({name for name in opened if name.startswith(str(tmp_path)) and name.endswith(".db")}) <= MOST
    log.dispose()


def test_a_child_that_was_forked_off_opens_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    databases = OpenDatabases()
    mine = databases.engine(str(tmp_path / "runs.db"))
    assert databases.engine(str(tmp_path / "runs.db")) is mine
    monkeypatch.setattr(os, "getpid", lambda: 1)
    assert databases.engine(str(tmp_path / "runs.db")) is not mine
    databases.close()
