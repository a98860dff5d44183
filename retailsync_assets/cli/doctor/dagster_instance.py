"""Dagster, tried: is the instance there that page, daemon and command share, and does its daemon live?"""

from collections.abc import Iterator

import dagster as dg
from sqlalchemy.exc import SQLAlchemyError
from yaml import YAMLError

from retailsync_assets.cli.doctor.finding import Finding, fail, ok, warn
from retailsync_assets.config.home import Home
from retailsync_assets.orchestration.instance.dagster_home import prepare

NEEDED = {"SCHEDULER": "schedules", "SENSOR": "sensors", "QUEUED_RUN_COORDINATOR": "queued runs"}
"""What a night rests on, of all that the daemon does, and in what words."""
START = "retailsync dev, or dagster-daemon run -m retailsync_assets.definitions; retailsync run works without"


def of_dagster(home: Home) -> Iterator[Finding]:
    """A command needs the instance, the schedules need the daemon."""
    tried = f"open the instance in {home.dagster}"
    try:
        with dg.DagsterInstance.from_config(str(prepare(home))) as instance:
            runs = instance.get_runs_count()
            statuses = instance.get_daemon_statuses()
    except (dg.DagsterError, SQLAlchemyError, YAMLError, OSError) as refused:
        yield fail("dagster", tried, refused, f"mend {home.dagster / 'dagster.yaml'}; taken away, it is made anew")
        return
    yield ok("dagster", tried, f"{runs} runs")
    silent = sorted(
        NEEDED[name] for name, status in statuses.items() if name in NEEDED and status.required and not status.healthy
    )
    if silent:
        found = f"no heartbeat of what starts {', '.join(silent)}: no night begins by itself"
        yield warn("dagster", "the daemon's heartbeat", found, START)
    else:
        yield ok("dagster", "the daemon's heartbeat", "what starts queued runs, schedules, sensors lives")
