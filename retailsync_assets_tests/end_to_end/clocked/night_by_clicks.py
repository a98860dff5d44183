"""A night that a person starts in the page, two clicks a job, and that HotWax's evidence then takes on."""

import re
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from retailsync_assets_tests.end_to_end.clocked.earlier_nights import play_before
from retailsync_assets_tests.end_to_end.clocked.page import Page
from retailsync_assets_tests.end_to_end.clocked.running_dev import page_of_dev, tonight, waited_for
from retailsync_assets_tests.servers.browser import Chromium, Tab

CLICKED = {
    "/assets/demo/active_products": "active_products",
    "/locations/retailsync/jobs/demo_reset_job": "reset_delivery",
}
"""Page → the last asset that its button makes."""

WHOLE_RANGE = re.compile("^(Show all partitions|Clear)$")
"""The dialog begins with the last 90 days: as it calls the way to the others where there are some, and where not."""


@dataclass(frozen=True)
class Clicked:
    """The page of `retailsync dev` after the night of `date`; the one before it went by at its own hours."""

    page: Page
    home: Path
    date: str

    def report(self, days: int = 0) -> Path:
        """The report of that night, or of one so many days before."""
        return self.home / "reports/demo" / f"{date.fromisoformat(self.date) - timedelta(days)}.html"


@contextmanager
def clicked_through(browser: Chromium, home: Path, lines: int, nights: int) -> Generator[Clicked]:
    """The last of so many nights, clicked through to its end, while its page is up."""
    with page_of_dev(home, lines, partial(play_before, nights=nights - 1)) as page:
        night = tonight(home)
        _click_through(browser, page, night)
        assert waited_for(lambda: page.assets(night)["nightly_report"].made, 600), page.assets(night)
        yield Clicked(page, home, night)


def _click_through(browser: Chromium, page: Page, night: str) -> None:
    """Materializes the active products, then the reset and all that goes with it, for that partition."""
    for path, made in CLICKED.items():
        tab = browser.open(f"{page.address}{path}", 1600, 1000)
        materialize(tab, night)
        assert waited_for(lambda name=made: page.assets(night)[name].made, 120), made
        close(tab)


def materialize(tab: Tab, night: str) -> None:
    """The button of a page, and then the newest partition, which has to be that night's."""
    tab.press("Materialize", exact=False)
    tab.click(WHOLE_RANGE)  # "Latest" is else the browser's today, and the night's date may be ahead
    tab.press("Latest")
    assert tab.evaluate(f"[...document.querySelectorAll('input')].some(each => each.value === {night!r})")
    tab.press("Launch 1 run")


def close(tab: Tab) -> None:
    tab.do(tab.page.close)
