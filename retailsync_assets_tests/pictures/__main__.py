"""The pictures of docs/, taken of a real night: `make pictures`. Two nights, so that there is something to compare."""

import sys
import tempfile
from pathlib import Path

from retailsync_assets_tests.alerts.free_port import free_port
from retailsync_assets_tests.browser import Chromium, chromium
from retailsync_assets_tests.clocked.night_by_clicks import click_through, page_of_dev, tonight, waited_for
from retailsync_assets_tests.clocked.page import LINEAGE, Page
from retailsync_assets_tests.project.tree import ROOT

LINES = 250_000
VIEWS = {
    "page.png": (LINEAGE.replace("applied_inventory", "night_report"), 2400, 1100, "night_report"),
    "page-asset.png": ("/assets/demo/reset_delivery", 1500, 1500, "file_sha256"),
}
"""File → what is seen: path, width, height, and a text that is there once it is drawn."""


def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch, chromium() as browser:
        home = Path(scratch, "home")
        with page_of_dev(home, free_port(), LINES) as page:
            night = tonight(home)
            click_through(browser, page, night)
            assert waited_for(lambda: page.assets(night)["night_report"].made, 600), page.assets(night)
            _page(browser, page, folder)
        report = home / "reports/demo" / f"{night}.html"
        browser.open(report.as_uri(), 1100, 800).picture(folder / "report.png", whole=True)
        browser.open(report.as_uri(), 390, 844, scheme="dark").picture(folder / "report-phone.png")


def _page(browser: Chromium, page: Page, folder: Path) -> None:
    for name, (path, width, height, text) in VIEWS.items():
        tab = browser.open(f"{page.address}{path}", width, height)
        assert tab.shows(text)
        tab.do(tab.page.wait_for_timeout, 3000)  # the drawing is moved into its place
        tab.picture(folder / name)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs")
