"""The pictures of docs/, taken of real nights: `make pictures`. One in the page, and a row of them to compare."""

import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from retailsync_assets_tests.browser import Chromium, chromium
from retailsync_assets_tests.clocked.night_by_clicks import click_through
from retailsync_assets_tests.clocked.page import LINEAGE, Page
from retailsync_assets_tests.clocked.running_dev import page_of_dev, tonight, waited_for
from retailsync_assets_tests.nights.clock import NIGHT
from retailsync_assets_tests.nights.world import World
from retailsync_assets_tests.project.tree import ROOT
from retailsync_assets_tests.servers.asyncssh_server import AsyncSSHServer

LINES = 250_000
NIGHTS = 14
VIEWS = {
    "page.png": (LINEAGE.replace("applied_inventory", "night_report"), 2400, 1100, "night_report"),
    "page-asset.png": ("/assets/demo/reset_delivery", 1500, 1500, "file_sha256"),
}
"""File → what is seen: path, width, height, and a text that is there once it is drawn."""


def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch, chromium() as browser:
        home = Path(scratch, "home")
        with page_of_dev(home, LINES) as page:
            night = tonight(home)
            click_through(browser, page, night)
            assert waited_for(lambda: page.assets(night)["night_report"].made, 600), page.assets(night)
            _page(browser, page, folder)
        report = home / "reports/demo" / f"{night}.html"
        browser.open(report.as_uri(), 1100, 1450).picture(folder / "report.png")
        browser.open(report.as_uri(), 390, 844, scheme="dark").picture(folder / "report-phone.png")
        tab = browser.open(_after_a_fortnight(Path(scratch)).as_uri(), 1100, 800)
        tab.do(tab.page.locator("#nights").screenshot, path=str(folder / "report-nights.png"))


def _after_a_fortnight(scratch: Path) -> Path:
    """The report of the last of some nights on which stock, orders and HotWax's own movements went their ways."""
    limits = {"first_night": "pass", "keys_changed": 1.0, "keys_newly_zero": 1.0, "rejected_rows": 0.5}
    with AsyncSSHServer(scratch / "sftp") as server, World(scratch, server, "shop", limits=limits) as world:
        for days in range(1 - NIGHTS, 1):
            on, day = NIGHT + timedelta(days=days), f"{days:+d} " if days else ""
            units = {("F1", "A"): 40 + 3 * days, ("F2", "B"): 25 + days % 4, ("F2", "C"): "ten" if days % 5 == 0 else 9}
            world.at(f"{day}07:45").raw(units, as_of=f"{day}07:00")
            if days % 3:
                world.orders.ship("F1", f"{day}07:10", units=1 + days % 3)
            assert world.play(on).state == "complete"
        return world.home.report("shop", NIGHT)


def _page(browser: Chromium, page: Page, folder: Path) -> None:
    for name, (path, width, height, text) in VIEWS.items():
        tab = browser.open(f"{page.address}{path}", width, height)
        assert tab.shows(text)
        tab.do(tab.page.wait_for_timeout, 3000)  # the drawing is moved into its place
        tab.picture(folder / name)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs")
