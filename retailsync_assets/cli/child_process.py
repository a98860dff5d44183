"""A program of Dagster's as a child process, which leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

STOP_SECONDS = 20.0
GROUP_SECONDS = 5.0


@contextmanager
def child_process(module: str, arguments: list[str], log: Path) -> Generator["subprocess.Popen[bytes]"]:
    """A module as a child process, which is told to stop and waited for at the end; so is all that it has started."""
    with log.open("ab") as written:
        # A session of its own: Ctrl-C is for this process, which stops the others in order.
        process = subprocess.Popen(  # noqa: S603 - this interpreter, Dagster's modules
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=written,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        _end_group(process.pid)


def _end_group(leader: int) -> None:
    """What a child started lives on when the child was killed: its code server, and the runs of that."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(leader, number)
            deadline = time.monotonic() + GROUP_SECONDS
            while time.monotonic() < deadline:
                time.sleep(0.1)
                os.killpg(leader, 0)  # sent to nobody: it only asks whether there is anybody
        except ProcessLookupError:
            return
