"""A night that a person starts in the page, two clicks a job, and that HotWax's evidence then takes on."""

from retailsync_assets_tests.browser import Chromium, Tab
from retailsync_assets_tests.clocked.page import Page
from retailsync_assets_tests.clocked.running_dev import waited_for

CLICKED = {
    "/assets/demo/active_products": "active_products",
    "/locations/retailsync_assets.definitions/jobs/demo_reset": "reset_delivery",
}
"""Page → the last asset that its button makes."""


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
