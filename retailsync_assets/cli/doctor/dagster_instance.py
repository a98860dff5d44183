"""Dagster: the instance that UI, daemon and commands share, and the daemon's heartbeat."""

from collections.abc import Iterator

import dagster as dg
from sqlalchemy.exc import SQLAlchemyError
from yaml import YAMLError

from retailsync_assets.cli.doctor.finding import Finding, fail, ok, warn
from retailsync_assets.config.home import Home
from retailsync_assets.config.wording import counted
from retailsync_assets.orchestration.instance.dagster_home import is_prepared

NEEDED = {"SCHEDULER": "schedules", "SENSOR": "sensors", "QUEUED_RUN_COORDINATOR": "queued runs"}
"""The daemons that a nightly run needs, and what each of them starts."""
START = "start retailsync serve (for the sandbox: retailsync dev); retailsync run works without it"
NO_DAEMON = "no run starts by itself"


def of_dagster(home: Home) -> Iterator[Finding]:
    """Commands need the instance; schedules and sensors need the daemon."""
    tried = f"open instance in {home.dagster}"
    if not is_prepared(home):
        yield ok("dagster", tried, "not created yet: the first run, or retailsync serve, creates it")
        yield warn("dagster", "daemon heartbeat", f"no daemon has run here: {NO_DAEMON}", START)
        return
    try:
        with dg.DagsterInstance.from_config(str(home.dagster)) as instance:
            runs = instance.get_runs_count()
            statuses = instance.get_daemon_statuses()
    except (dg.DagsterError, SQLAlchemyError, YAMLError, OSError) as refused:
        yield fail(
            "dagster", tried, refused, f"fix {home.dagster / 'dagster.yaml'}, or delete it: it is then written again"
        )
        return
    yield ok("dagster", tried, counted(runs, "run"))
    silent = sorted(
        NEEDED[name] for name, status in statuses.items() if name in NEEDED and status.required and not status.healthy
    )
    if silent:
        found = f"no heartbeat from the daemon of {', '.join(silent)}: {NO_DAEMON}"
        yield warn("dagster", "daemon heartbeat", found, START)
    else:
        yield ok("dagster", "daemon heartbeat", "queued runs, schedules and sensors are running")
