"""`retailsync dev` as a program of its own, with its page, over the packaged demo site."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from retailsync_assets.config.loader import read_sites
from retailsync_assets.sandbox.setup import create
from retailsync_assets.workflow.calendar import business_date
from retailsync_assets_tests.end_to_end.clocked.page import Page
from retailsync_assets_tests.servers.free_port import free_port
from retailsync_assets_tests.servers.process_tree import descendants


@contextmanager
def page_of_dev(home: Path, lines: int, settle: Callable[[Path], None] = lambda sites: None) -> Generator[Page]:
    """Until the block ends; `settle` may edit the sites' file before it starts. What it started is gone afterwards."""
    settle(create(home / "sandbox", lines=lines))
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs inherit that it is ignored
    port, log = free_port(), home.parent / "dev.log"
    command = [Path(sys.executable).parent / "retailsync", "dev", "--port", str(port), "--lines", str(lines)]
    with (
        log.open("wb") as said,
        subprocess.Popen(command, env={**os.environ, "RETAILSYNC_HOME": str(home)}, stdout=said, stderr=said) as dev,
    ):
        started, page = list[int](), Page(port)
        try:
            assert waited_for(lambda: dev.poll() is not None or answers(page), 180), log.read_text()
            yield page
            started = descendants(dev.pid)
            assert len(started) >= 3, f"a page, a daemon and a world: {log.read_text()}"
        finally:
            dev.send_signal(signal.SIGINT)
            assert dev.wait(90) == 0, log.read_text()
    assert waited_for(lambda: gone(started), 30), started


def answers(page: Page) -> bool:
    try:
        return bool(page.assets("2026-01-01"))
    except OSError:
        return False


def tonight(home: Path) -> str:
    """The business date of this moment."""
    return str(business_date(datetime.now(UTC), read_sites(home / "sandbox/sites.toml")["demo"]))


def waited_for(what: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not what() and time.monotonic() < deadline:
        time.sleep(1)
    return what()


def gone(processes: list[int]) -> bool:
    return not any(Path(f"/proc/{process}").exists() for process in processes)
