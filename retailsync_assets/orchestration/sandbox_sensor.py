"""Under plain `dagster dev` the packaged demo has its world, too: a sensor keeps it running."""

from contextlib import ExitStack
from pathlib import Path
from threading import Lock

import dagster as dg

from retailsync_assets.sandbox.process import SandboxDidNotStart, embedded_world, running

LOOK_SECONDS = 30


def sandbox_sensor(folder: Path) -> dg.SensorDefinition:
    """Starts the embedded world of a folder if nothing else has; it ends with the code server that runs this sensor."""
    held_open, one_at_a_time = ExitStack(), Lock()

    def look(context: dg.SensorEvaluationContext) -> dg.SkipReason:
        with one_at_a_time:
            if running(folder):
                return dg.SkipReason("the embedded world is running")
            try:
                held_open.enter_context(embedded_world(folder))
            except SandboxDidNotStart as failure:
                return dg.SkipReason(str(failure))
            return dg.SkipReason("started the embedded world")

    return dg.SensorDefinition(
        name="embedded_world",
        evaluation_fn=look,
        minimum_interval_seconds=LOOK_SECONDS,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Keeps the demo's Retail Pro, SFTP server and HotWax running beside Dagster. Launches no run.",
    )
