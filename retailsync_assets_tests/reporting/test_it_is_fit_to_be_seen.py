"""In a real browser: on a phone and a desk, by day and by night, on paper, and without a network."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from retailsync_assets.reporting import bar_chart
from retailsync_assets.reporting import page as page_template
from retailsync_assets_tests.servers.browser import Chromium, Scheme, Tab

SECTIONS = ["timeline", "funnel", "orders", "stores", "excluded", "trend"]
BEYOND = "[...document.querySelectorAll('body *')].filter(each => each.getBoundingClientRect().right > innerWidth + 1)"
SIZES = (
    "[...document.querySelectorAll('p, td, th, li, dd, dt')].map(each => parseFloat(getComputedStyle(each).fontSize))"
)
TEXTS_DRAWN = """[...document.querySelectorAll('svg text')].map(
    each => parseFloat(getComputedStyle(each).fontSize) * each.getScreenCTM().a
)"""
CUT_OFF = """[...document.querySelectorAll('.charts text')].filter(each => {
    const text = each.getBoundingClientRect(), drawing = each.ownerSVGElement.getBoundingClientRect();
    return text.left < drawing.left - 1 || text.right > drawing.right + 1
        || text.top < drawing.top - 1 || text.bottom > drawing.bottom + 1;
}).map(each => each.textContent)"""
OVER_EACH_OTHER = """[...document.querySelectorAll('.charts .axis.y')].flatMap(axis => {
    const lines = [...axis.querySelectorAll('text')].map(each => each.getBoundingClientRect());
    lines.sort((one, other) => one.top - other.top);
    return lines.slice(1).filter((line, place) => line.top < lines[place].bottom - 3).map(() => axis.textContent);
})"""
TICKS_OVER_EACH_OTHER = """(() => {
    const ticks = [...document.querySelectorAll('#timeline text.axis')].map(each => each.getBoundingClientRect());
    return ticks.slice(1).filter((tick, place) => tick.left < ticks[place].right + 2).length;
})()"""
A4_WITHIN_ITS_MARGINS = 673
TONIGHT = "document.querySelector('.charts .current')"
BEFORE = "document.querySelector('.charts .bar rect:not(.current)')"
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
    assert min(seen.evaluate(TEXTS_DRAWN)) >= 12


def test_no_text_of_a_chart_is_cut_off(seen: Tab) -> None:
    assert seen.evaluate(CUT_OFF) == []


def test_the_times_of_the_timeline_are_apart(seen: Tab) -> None:
    assert seen.count("#timeline text.axis") > 1
    assert seen.evaluate(TICKS_OVER_EACH_OTHER) == 0


def test_on_paper_they_are_apart_too(browser: Chromium, report: Path) -> None:
    tab = browser.open(report.as_uri(), A4_WITHIN_ITS_MARGINS)
    tab.do(tab.page.emulate_media, media="print")
    assert tab.evaluate(TICKS_OVER_EACH_OTHER) == 0


def test_tonights_bar_stands_out_by_its_colour(seen: Tab) -> None:
    tonight, before = (seen.evaluate(f"getComputedStyle({each}).fill") for each in (TONIGHT, BEFORE))
    assert tonight == seen.evaluate("getComputedStyle(document.querySelector('.key.is-data')).backgroundColor")
    assert before == seen.evaluate("getComputedStyle(document.querySelector('.key.is-before')).backgroundColor")


@pytest.mark.parametrize(("scheme", "ground"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(13, 17, 23)")])
def test_its_ground_is_the_readers(browser: Chromium, report: Path, scheme: Scheme, ground: str) -> None:
    assert browser.open(report.as_uri(), scheme=scheme).evaluate(GROUND) == ground


def test_on_paper_it_is_dark_on_white_whatever_the_screen(browser: Chromium, report: Path) -> None:
    tab = browser.open(report.as_uri(), scheme="dark")
    tab.do(tab.page.emulate_media, media="print", color_scheme="dark")
    assert tab.evaluate(GROUND) == "rgb(255, 255, 255)"
    assert tab.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert tab.do(tab.page.pdf, format="A4").startswith(b"%PDF")


def test_its_charts_have_room_for_numbers_of_any_length(browser: Chromium, tmp_path: Path) -> None:
    style = Path(bar_chart.__file__).with_name("night.css").read_text("utf-8")
    nights, ends = [date(2026, 11, 8), date(2026, 11, 21)], product([9, 250_000, 987_654_321], [-1, -0.2, -0.05, 0])
    charts = [bar_chart.bar_chart("units", nights, [most, least * most], "{:,.0f}".format) for most, least in ends]
    page = tmp_path / "page.html"
    macro: Any = page_template.environment().get_template("bar_chart.svg.j2").module
    items = "".join(f"<li>{macro.drawn(chart)}" for chart in charts)
    page.write_text(f'<!doctype html><style>{style}</style><ul class="charts">{items}</ul>', "utf-8")
    tab = browser.open(page.as_uri())
    assert tab.count(".charts svg") == len(charts)
    assert tab.evaluate(CUT_OFF) == []
    assert tab.evaluate(OVER_EACH_OTHER) == []
