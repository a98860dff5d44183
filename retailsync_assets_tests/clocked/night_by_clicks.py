"""A night that a person starts in the page, two clicks a job, and that HotWax's evidence then takes on."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from retailsync_assets.night import business_date
from retailsync_assets.sandbox.founding import found
from retailsync_assets.sites import read_sites
from retailsync_assets_tests.browser import Chromium, Tab
from retailsync_assets_tests.clocked.page import Page

CLICKED = {
    "/assets/demo/active_products": "active_products",
    "/locations/retailsync_assets.definitions/jobs/demo_reset": "reset_delivery",
}
"""Page → the last asset that its button makes."""


@contextmanager
def page_of_dev(home: Path, port: int, lines: int) -> Generator[Page]:
    """`retailsync dev` over the packaged demo site in that home, until the block ends."""
    found(home / "sandbox", lines=lines)
    left_out = ("RETAILSYNC_SITES", "RETAILSYNC_LEDGER", "RETAILSYNC_REPORTS", "DAGSTER_HOME")
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs inherit that it is ignored
    command = [Path(sys.executable).parent / "retailsync", "dev", "--port", str(port), "--lines", str(lines)]
    with (home.parent / "dev.log").open("wb") as log:
        dev = subprocess.Popen(command, env={**environment, "RETAILSYNC_HOME": str(home)}, stdout=log, stderr=log)
        try:
            page = Page(port)
            assert waited_for(lambda: dev.poll() is not None or answers(page), 120), (
                home.parent / "dev.log"
            ).read_text()
            yield page
        finally:
            dev.send_signal(signal.SIGINT)
            assert dev.wait(90) == 0


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


def click_through(browser: Chromium, page: Page, night: str) -> None:
    """Materializes the active products, then the reset and all that goes with it, for that partition."""
    for path, made in CLICKED.items():
        tab = browser.open(f"{page.address}{path}", 1600, 1000)
        tab.press("Materialize", exact=False)
        tab.click("Show all partitions")  # "Latest" is else the browser's today, and the night's date may be ahead
        tab.press("Latest")
        assert tab.evaluate(f"[...document.querySelectorAll('input')].some(each => each.value === {night!r})")
        tab.press("Launch 1 run")
        assert waited_for(lambda name=made: page.assets(night)[name].made, 120), made
        close(tab)


def close(tab: Tab) -> None:
    tab.do(tab.page.close)
