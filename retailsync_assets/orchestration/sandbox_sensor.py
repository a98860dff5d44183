"""The sensor that keeps the sandbox of the packaged demo running, also under plain `dagster dev`."""

from contextlib import ExitStack
from pathlib import Path
from threading import Lock

import dagster as dg

from retailsync_assets.sandbox.process import SandboxDidNotStart, running, running_sandbox

LOOK_SECONDS = 30


def sandbox_sensor(folder: Path) -> dg.SensorDefinition:
    """Starts the sandbox of a folder if nothing else has; it ends with the code server that runs this sensor."""
    held_open, one_at_a_time = ExitStack(), Lock()

    def look(context: dg.SensorEvaluationContext) -> dg.SkipReason:
        with one_at_a_time:
            if running(folder):
                return dg.SkipReason("the sandbox is running")
            try:
                held_open.enter_context(running_sandbox(folder))
            except SandboxDidNotStart as failure:
                return dg.SkipReason(str(failure))
            return dg.SkipReason("started the sandbox")

    return dg.SensorDefinition(
        name="sandbox",
        evaluation_fn=look,
        minimum_interval_seconds=LOOK_SECONDS,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Keeps the sandbox of the demo running: its Retail Pro, SFTP server and HotWax. It starts no runs.",
    )
