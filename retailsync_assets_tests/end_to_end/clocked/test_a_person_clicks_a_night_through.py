"""The page of `retailsync dev` in a real browser: a night by clicking, and what the page shows of it afterwards."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from retailsync_assets.workflow.stages import STAGES
from retailsync_assets_tests.end_to_end.clocked.night_by_clicks import Clicked, clicked_through, close
from retailsync_assets_tests.end_to_end.clocked.plotted import plotted
from retailsync_assets_tests.end_to_end.clocked.running_dev import waited_for
from retailsync_assets_tests.project.pictures.png import lines_that_differ, size
from retailsync_assets_tests.project.pictures.views import EVERY, VIEWS, take
from retailsync_assets_tests.servers.browser import Chromium, Tab, chromium

pytestmark = pytest.mark.timeout(900)

TRIPPED_BY_THE_SAMPLE = {"upca_unique_among_active_products", "no_shipment_unacknowledged_too_long"}
FIGURES = {
    "raw_reset_file": {"dagster/row_count", "snapshot_age_hours", "seconds", "rows_per_second", "bytes"},
    "filtered_reset": {"dagster/row_count", "units", "keys_at_zero", "reduced_to_one_in", "quarantined_rows"},
    "partial_shipment_variance": {"units_deducted", "orders", "units_between_rules", "shipped_lines"},
    "applied_reset": {"minutes_in_hotwax", "failed_rows"},
    "applied_inventory": {"units_in_hotwax", "keys_with_drift", "units_of_drift"},
    "nightly_report": {"minutes", "keys_changed", "unacknowledged_shipments"},
}
ON_SFTP = {
    "raw_reset_file": "retailpro/inventory/raw/RetailPro_Inventory_1_",
    "reset_delivery": "hotwax/ResetInventory/ResetInventory_demo_",
    "variance_delivery": "hotwax/InventoryVariance/InventoryVariance_demo_",
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Chromium]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def clicked(browser: Chromium, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clicked]:
    """The page after the third night, which was clicked through to its end."""
    home = tmp_path_factory.mktemp("clicked") / "home"
    with clicked_through(browser, home, lines=5_000, nights=3) as clicked:
        yield clicked


@pytest.fixture(scope="module")
def page_of(browser: Chromium, clicked: Clicked) -> Iterator[Callable[[str], Tab]]:
    """The page of an asset, in one tab for all: each that stays open asks the server again and again."""
    tab, shown = browser.open("about:blank", 1400, 4000), ""

    def turned_to(asset: str) -> Tab:
        nonlocal shown
        if asset != shown:
            tab.do(tab.page.goto, f"{clicked.page.address}/assets/demo/{asset}")
            shown = asset
        return tab

    yield turned_to
    close(tab)


def test_every_asset_is_made_and_checked(clicked: Clicked) -> None:
    shown = clicked.page.assets(clicked.date)
    assert {*STAGES, "nightly_report"} <= {name for name, asset in shown.items() if asset.made}
    checks = {name: status for asset in shown.values() for name, status in (asset.blocking | asset.warning).items()}
    failed = {name for name, status in checks.items() if status != "SUCCEEDED"}
    assert failed == TRIPPED_BY_THE_SAMPLE, checks


def test_an_asset_shows_its_description_its_columns_and_its_metadata(page_of: Callable[[str], Tab]) -> None:
    for text in (
        "One row per SKU-location: each active product at each of the site's stores that the snapshot contains.",
        "on-hand quantity sent to HotWax",
        "snapshot_age_hours",
        "reduction",
        "column_sources",
        "demo_reset",
    ):
        assert page_of("filtered_reset").shows(text), text


@pytest.mark.parametrize("asset", EVERY)
def test_it_leads_to_the_report_of_the_night(page_of: Callable[[str], Tab], clicked: Clicked, asset: str) -> None:
    assert page_of(asset).shows(f"/demo/{clicked.date}.html")
    assert page_of(asset).count(f'a[href^="http://127.0.0.1:"][href$="/demo/{clicked.date}.html"]')


@pytest.mark.parametrize("asset", ON_SFTP)
def test_it_names_its_place_on_sftp(page_of: Callable[[str], Tab], asset: str) -> None:
    assert page_of(asset).shows(ON_SFTP[asset])
    links = set(page_of(asset).evaluate("[...document.querySelectorAll('a')].map(each => each.href)"))
    pattern = rf"sftp://(retailpro|hotwax)@127\.0\.0\.1:\d+/~/{ON_SFTP[asset]}[\w-]+\.csv"
    assert len([link for link in links if re.fullmatch(pattern, link)]) == 1


def test_it_names_the_quarantine(page_of: Callable[[str], Tab], clicked: Clicked) -> None:
    table = clicked.home / f"lake/demo/quarantined_rows/business_date={clicked.date}/data.parquet"
    assert page_of("filtered_reset").shows(str(table))
    assert table.is_file()


@pytest.mark.parametrize("asset", FIGURES)
def test_its_figures_are_drawn_from_night_to_night(page_of: Callable[[str], Tab], asset: str) -> None:
    """Three nights: a line through each figure, which has a width; those of what changed begin with the second."""
    tab = page_of(asset)
    tab.click("Plots")
    drawn = waited_for(lambda: FIGURES[asset] <= {name for name, span in plotted(tab).items() if span > 0.3}, 20)
    assert drawn, plotted(tab)
    tab.click("Table")


def test_its_checks_read_as_sentences(browser: Chromium, clicked: Clicked) -> None:
    """Each by its name and how it stands, with what it claims, and what it found tonight."""
    tab = browser.open(clicked.page.address, 1600, 1200)  # one for all: a new tab would load the UI's programs anew
    for asset, shown in clicked.page.assets(clicked.date).items():
        for check, (claim, found) in shown.said.items():
            path = f"/assets/demo/{asset}?view=checks&checkDetail={check}"
            tab.do(tab.page.goto, f"{clicked.page.address}{path}")
            assert re.fullmatch(r"[A-Z].{20,}\.", claim), f"{check}: {claim}"
            assert " " in found, f"{check}: {found}"
            assert tab.shows(claim), check
            assert tab.shows(found), check
            stands = {True: "Failed", False: "Succeeded"}[check in TRIPPED_BY_THE_SAMPLE]
            assert f"{check}\n{stands}" in tab.evaluate("document.body.innerText"), check
    close(tab)


def test_the_link_to_the_report_works(browser: Chromium, page_of: Callable[[str], Tab], clicked: Clicked) -> None:
    assert page_of("reset_delivery").shows(f"/demo/{clicked.date}.html")
    address = page_of("reset_delivery").evaluate(
        f"document.querySelector('a[href$=\"/demo/{clicked.date}.html\"]').href"
    )
    report = browser.open(address)
    assert report.evaluate("document.title") == f"demo · {clicked.date} · complete"
    assert "Trend" in report.texts("h2")
    assert report.count("#trend svg") > 0
    assert report.complaints == []


@pytest.mark.parametrize("name", VIEWS)
def test_the_pictures_of_the_docs_are_taken_of_it(
    browser: Chromium, clicked: Clicked, tmp_path: Path, name: str
) -> None:
    picture = take(name, browser, clicked, tmp_path)
    assert size(picture) == VIEWS[name].size
    assert lines_that_differ(picture) > VIEWS[name].size[1] / 4
