"""In a real browser: on a phone and a desk, by day and by night, on paper, and without a network."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from retailsync_assets_tests.browser import Chromium, Scheme, Tab

SECTIONS = ["timeline", "funnel", "orders", "stores", "left-out", "nights"]
BEYOND = "[...document.querySelectorAll('body *')].filter(each => each.getBoundingClientRect().right > innerWidth + 1)"
SIZES = (
    "[...document.querySelectorAll('p, td, th, li, dd, dt')].map(each => parseFloat(getComputedStyle(each).fontSize))"
)
GROUND = "getComputedStyle(document.body).backgroundColor"


@pytest.fixture(scope="module", params=[(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")], ids=str)
def seen(request: pytest.FixtureRequest, browser: Chromium, report: Path) -> Iterator[Tab]:
    width, scheme = request.param
    tab = browser.open(report.as_uri(), width, scheme=scheme)
    yield tab
    tab.do(tab.page.close)


def test_nothing_is_complained_of_and_nothing_fetched(seen: Tab, report: Path) -> None:
    assert seen.complaints == []
    assert [address for address in seen.fetched if not address.startswith("data:")] == [report.as_uri()]


def test_nothing_sticks_out_to_the_right(seen: Tab) -> None:
    assert seen.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert seen.evaluate(f"{BEYOND}.map(each => each.outerHTML.slice(0, 80))") == []


def test_every_section_is_there_and_drawn(seen: Tab) -> None:
    assert seen.evaluate("[...document.querySelectorAll('section')].map(each => each.id)") == SECTIONS
    assert [section for section in SECTIONS if not seen.count(f"#{section} svg rect:not(.track)")] == []


def test_its_text_can_be_read(seen: Tab) -> None:
    assert min(seen.evaluate(SIZES)) >= 13


@pytest.mark.parametrize(("scheme", "ground"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(13, 17, 23)")])
def test_its_ground_is_the_readers(browser: Chromium, report: Path, scheme: Scheme, ground: str) -> None:
    assert browser.open(report.as_uri(), scheme=scheme).evaluate(GROUND) == ground


def test_on_paper_it_is_dark_on_white_whatever_the_screen(browser: Chromium, report: Path) -> None:
    tab = browser.open(report.as_uri(), scheme="dark")
    tab.do(tab.page.emulate_media, media="print", color_scheme="dark")
    assert tab.evaluate(GROUND) == "rgb(255, 255, 255)"
    assert tab.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert tab.do(tab.page.pdf, format="A4").startswith(b"%PDF")
