"""The page of `retailsync dev` in a real browser: a night by clicking, and what the page shows of it afterwards."""

from collections.abc import Iterator

import pytest

from retailsync_assets.report import STAGES
from retailsync_assets_tests.browser import Chromium, chromium
from retailsync_assets_tests.clocked.night_by_clicks import click_through
from retailsync_assets_tests.clocked.page import LINEAGE, Page
from retailsync_assets_tests.clocked.running_dev import page_of_dev, tonight, waited_for

pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def clicked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Chromium, Page, str]]:
    """A browser, the page, and the night that was clicked through to its end."""
    home = tmp_path_factory.mktemp("clicked") / "home"
    with chromium() as browser, page_of_dev(home, lines=5_000) as page:
        night = tonight(home)
        click_through(browser, page, night)
        assert waited_for(lambda: page.assets(night)["night_report"].made, 300), page.assets(night)
        yield browser, page, night


def test_every_asset_is_made_and_checked(clicked: tuple[Chromium, Page, str]) -> None:
    _, page, night = clicked
    shown = page.assets(night)
    assert {*STAGES, "night_report"} <= {name for name, asset in shown.items() if asset.made}
    assert {status for asset in shown.values() for status in asset.blocking.values()} == {"SUCCEEDED"}


def test_the_lineage_shows_them_all(clicked: tuple[Chromium, Page, str]) -> None:
    browser, page, _ = clicked
    tab = browser.open(f"{page.address}{LINEAGE}", 2560, 1600)
    assert all(tab.shows(asset) for asset in STAGES)


def test_an_asset_shows_its_columns_and_its_metadata(clicked: tuple[Chromium, Page, str]) -> None:
    browser, page, _ = clicked
    tab = browser.open(f"{page.address}/assets/demo/filtered_reset", 1600, 3000)
    for text in (
        "units on hand as HotWax gets them",
        "snapshot_age_hours",
        "reduction",
        "column_sources",
        "demo_reset",
    ):
        assert tab.shows(text), text


def test_its_figures_are_plotted(clicked: tuple[Chromium, Page, str]) -> None:
    browser, page, _ = clicked
    tab = browser.open(f"{page.address}/assets/demo/filtered_reset", 1600, 3000)
    tab.click("Plots")
    assert tab.shows("keys_at_zero")
    assert waited_for(lambda: tab.count("canvas") > 0, 20)


def test_its_checks_read_as_sentences(clicked: tuple[Chromium, Page, str]) -> None:
    browser, page, _ = clicked
    tab = browser.open(f"{page.address}/assets/demo/filtered_reset?view=checks", 1600, 1200)
    assert tab.shows("no_breaker_holds_the_night")


def test_the_link_to_the_report_works(clicked: tuple[Chromium, Page, str]) -> None:
    browser, page, night = clicked
    tab = browser.open(f"{page.address}/assets/demo/night_report", 1600, 1200)
    assert tab.shows(f"/demo/{night}.html")
    address = tab.evaluate(f"document.querySelector('a[href$=\"/demo/{night}.html\"]').href")
    report = browser.open(address)
    assert report.evaluate("document.title") == f"demo · night of {night} · complete"
    assert report.complaints == []
