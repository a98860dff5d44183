"""Dagster: the instance that UI, daemon and commands share, and the daemon's heartbeat."""

import os
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
from sqlalchemy.exc import SQLAlchemyError
from yaml import YAMLError

from retailsync_assets.cli.doctor.finding import Finding, fail, ok, warn
from retailsync_assets.config.home import Home
from retailsync_assets.orchestration.instance.dagster_home import prepare
from retailsync_assets.wording import counted

NEEDED = {"SCHEDULER": "schedules", "SENSOR": "sensors", "QUEUED_RUN_COORDINATOR": "queued runs"}
"""The daemons that a nightly run needs, and what each of them starts."""
START = "start retailsync dev, or dagster-daemon run -m retailsync_assets.definitions; retailsync run works without it"


def of_dagster(home: Home) -> Iterator[Finding]:
    """Commands need the instance; schedules and sensors need the daemon."""
    folder = Path(os.environ.get("DAGSTER_HOME") or home.folder / "dagster")
    tried = f"open instance in {folder}"
    if not folder.joinpath("dagster.yaml").exists():
        yield ok("dagster", tried, "does not exist yet: the first run creates it")
        yield warn("dagster", "daemon heartbeat", "no daemon has run here: no run starts by itself", START)
        return
    try:
        with dg.DagsterInstance.from_config(str(prepare(home))) as instance:
            runs = instance.get_runs_count()
            statuses = instance.get_daemon_statuses()
    except (dg.DagsterError, SQLAlchemyError, YAMLError, OSError) as refused:
        yield fail("dagster", tried, refused, f"fix {folder / 'dagster.yaml'}, or delete it: it is then written again")
        return
    yield ok("dagster", tried, counted(runs, "run"))
    silent = sorted(
        NEEDED[name] for name, status in statuses.items() if name in NEEDED and status.required and not status.healthy
    )
    if silent:
        found = f"no heartbeat from the daemon of {', '.join(silent)}: no run starts by itself"
        yield warn("dagster", "daemon heartbeat", found, START)
    else:
        yield ok("dagster", "daemon heartbeat", "queued runs, schedules and sensors are running")
