"""What docs/ shows of the page and of the report: one list, for `make pictures` and for the test that takes them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from retailsync_assets.orchestration.site_definitions import ASSETS
from retailsync_assets_tests.end_to_end.clocked.night_by_clicks import Clicked
from retailsync_assets_tests.servers.browser import Chromium, Scheme, Tab

ROOM = {"dagster-nav-collapsed": "true", "asset-graph-direction": '"vertical"'}
"""What the page remembers of a person who has hidden its navigation and turned its graph downwards."""


@dataclass(frozen=True)
class View:
    """What is opened in how large a window, what is done there first, what has to be seen then, and which part of it
    the picture is: left, top, width and height."""

    path: str
    window: tuple[int, int]
    seen: tuple[str, ...]
    arrange: Callable[[Tab], None] = lambda tab: None
    part: tuple[int, int, int, int] | None = None
    scheme: Scheme = "light"

    @property
    def size(self) -> tuple[int, int]:
        """Of the picture."""
        return self.part[2:] if self.part else self.window


def _all_groups(tab: Tab) -> None:
    """Every asset of the graph, without the list beside it and the menu that was used."""
    tab.pick("panel_show_right")
    tab.pick("settings")
    tab.click("Expand all groups")
    tab.do(tab.page.keyboard.press, "Escape")
    tab.do(tab.page.mouse.move, 0, 0)  # what it points at stands out


def _without_columns(tab: Tab) -> None:
    tab.click("Columns")


def _plots(tab: Tab) -> None:
    tab.click("Status")
    tab.click("Description")
    tab.click("Plots")
    tab.evaluate("document.activeElement.blur()")


def _beside_the_last(tab: Tab) -> None:
    tab.evaluate("document.querySelector('#trend').scrollIntoView()")


EVERY = tuple(module.__name__.rpartition(".")[2] for module in ASSETS)
ASSET, REPORT = "{page}/assets/demo", "{report}"
VIEWS = {
    "page.png": View("{page}/asset-groups", (1080, 1400), EVERY, _all_groups, (125, 160, 905, 1105)),
    "page-asset.png": View(
        f"{ASSET}/filtered_reset",
        (1360, 1250),
        ("One row per SKU-location", "Latest check results", "reduced_to_one_in", "quarantine"),
        _without_columns,
        (68, 0, 905, 1188),
    ),
    "page-checks.png": View(
        f"{ASSET}/filtered_reset?view=checks", (1100, 660), ("Every line of the raw file is the header", "Passed")
    ),
    "page-plots.png": View(
        f"{ASSET}/nightly_report", (1360, 1672), ("keys_changed", "units_deducted"), _plots, (68, 0, 905, 1672)
    ),
    "report.png": View(REPORT, (1100, 1427), ("Timeline: planned and actual", "From the raw file to the changes")),
    "report-phone.png": View(REPORT, (390, 844), ("units deducted",), scheme="dark"),
    "report-nights.png": View(REPORT, (1100, 730), ("Trend",), _beside_the_last),
}
"""File in docs/ → what it shows."""


def take(name: str, browser: Chromium, clicked: Clicked, folder: Path) -> Path:
    """The picture of that name, as a file in the folder; raises where what it is to show does not come up."""
    view = VIEWS[name]
    address = view.path.format(page=clicked.page.address, report=clicked.report(1).as_uri())
    tab = browser.open(address, *view.window, view.scheme, remembered=ROOM)
    view.arrange(tab)
    assert all(tab.shows(text) for text in view.seen)
    tab.do(tab.page.wait_for_timeout, 3000)  # what is drawn moves into its place
    tab.picture(folder / name, part=view.part)
    tab.do(tab.page.close)
    return folder / name
