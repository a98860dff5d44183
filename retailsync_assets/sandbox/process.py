"""Starts the sandbox as a process, waits until it is ready, and stops it."""

import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from retailsync_assets.sandbox.lock import running, status
from retailsync_assets.sandbox.setup import create

_START_SECONDS: Final = 180.0
_STOP_SECONDS: Final = 30.0
_LOG: Final = "sandbox.log"


class SandboxDidNotStart(RuntimeError):
    """The sandbox's program ended, or fell silent, before it was ready; the message has its last line."""


@contextmanager
def running_sandbox(folder: Path, lines: int | None = None) -> Generator[Path]:
    """The running sandbox of that folder, as its sites.toml. One that runs already is used and left running; one
    started here stops at the end, and also when this process dies. `lines` applies to a new sandbox only."""
    sites = create(folder) if lines is None else create(folder, lines=lines)
    if running(folder):
        _wait_until_ready(folder, None)
        yield sites
        return
    command = [sys.executable, "-m", "retailsync_assets.sandbox", "--folder", str(folder), "--parent-pipe"]
    with (folder / _LOG).open("wb") as log:
        # A session of its own: Ctrl-C in the terminal is for the parent, which then ends this one in good order.
        program = subprocess.Popen(  # noqa: S603 - this interpreter and this package
            command, stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True
        )
    try:
        _wait_until_ready(folder, program)
        yield sites
    finally:
        _stop(program)


def _wait_until_ready(folder: Path, program: "subprocess.Popen[bytes] | None") -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not (running(folder) and status(folder) == "ready"):
        ended = (program is None or program.poll() is not None) and not running(folder)
        if ended or time.monotonic() > deadline:
            raise SandboxDidNotStart(f"the sandbox in {folder} did not start: {_last_line(folder / _LOG)}")
        time.sleep(0.05)


def _stop(program: "subprocess.Popen[bytes]") -> None:
    if program.stdin is not None:
        program.stdin.close()
    try:
        program.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines() if log.exists() else []
    return lines[-1] if lines else "its log is empty"
