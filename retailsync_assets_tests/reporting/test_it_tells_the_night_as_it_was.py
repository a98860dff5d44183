from datetime import timedelta
from pathlib import Path

import pytest

from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.world import World
from retailsync_assets_tests.reporting.conftest import HOSTILE_NAME, HOSTILE_QUANTITY
from retailsync_assets_tests.servers.browser import Chromium, Tab

BEFORE = NIGHT - timedelta(days=1)
TILES = {
    "SKU-locations updated": "5", "on-hand quantity": "40", "SKU-locations changed": "1", "units deducted": "2",
    "SKU-locations with drift": "0", "unacknowledged orders": "0",
}  # fmt: skip
FUNNEL = {
    "rows in the raw file": "6", "rows of the site's own stores": "6",
    "SKU-locations sold online: active products × stores": "6", "SKU-locations in the reset": "5",
    "SKU-locations that change": "1",
}  # fmt: skip
STAGES = [
    "snapshot taken → file received", "active products refreshed", "reset filtered", "reset delivered",
    "HotWax imports the reset", "waiting period before the variance",
    "variance delivered", "HotWax imports the variance",
    "reconciliation",
]  # fmt: skip


@pytest.fixture(scope="module")
def page(browser: Chromium, report: Path) -> Tab:
    return browser.open(report.as_uri())


def test_its_name_and_state(page: Tab, told: World) -> None:
    assert page.evaluate("document.title") == f"{told.name} · {NIGHT} · complete"


def test_its_figures(page: Tab) -> None:
    assert dict(zip(page.texts(".tiles dt"), page.texts(".tiles dd"), strict=True)) == TILES


def test_the_way_from_the_raw_file_to_what_changes(page: Tab) -> None:
    names, counts = page.texts("#funnel .what span"), page.texts("#funnel .what b")
    assert dict(zip(names, counts, strict=True)) == FUNNEL


def test_every_stage_with_its_time(page: Tab) -> None:
    lines = page.texts("#timeline li")[:-1]
    assert [name for name, line in zip(STAGES, lines, strict=True) if not line.startswith(name)] == []
    assert lines[3] == "reset delivered 07:45 on time"
    assert lines[1] == "active products refreshed 07:45 6 h 15 min late"
    assert lines[-1] == "reconciliation 09:00"


def test_the_order_behind_every_unit(page: Tab, told: World) -> None:
    (order,) = [line["order_id"] for line in told.lake("shipped_lines") if line["strict"]]
    assert page.texts("#orders tbody tr") == [f"{order} 2 {HOSTILE_NAME} F1 Nov 20, 20:00"]


def test_every_store(page: Tab) -> None:
    assert page.texts("#stores tbody tr") == ["F1 3 20 1 2 0", "F2 2 20 0 0 0"]


def test_the_first_night_says_of_no_store_that_nothing_changed(browser: Chromium, told: World) -> None:
    first = browser.open(told.home.report(told.name, BEFORE).as_uri())
    assert first.texts("#stores td[data-is='changed']") == ["–", "–"]


def test_what_was_left_out_as_it_was_written(page: Tab) -> None:
    rows = page.texts("#excluded tbody tr")
    written = HOSTILE_QUANTITY.replace("\u202e", r"\u202e")
    assert f"line 7: 1234567895,S2,{written}" in rows[0] + rows[1]
    assert sorted(row.partition(" ")[0] for row in rows) == ["quantity", "quarantined"]


def test_the_nights_before_it(page: Tab) -> None:
    (place,) = [
        place for place, text in enumerate(page.texts("#trend li"), 1) if text.startswith("SKU-locations in the reset")
    ]
    chart = f"#trend li:nth-child({place})"
    assert page.texts(f"{chart} .what, {chart} .note") == ["SKU-locations in the reset 5", "previous median: 6"]
    bars = page.evaluate(f"[...document.querySelectorAll('{chart} .bar title')].map(each => each.textContent)")
    assert bars == [f"{BEFORE}: 6", f"{NIGHT}: 5"]
    assert page.evaluate(f"document.querySelector('{chart} svg').getAttribute('aria-label')") == (
        "SKU-locations in the reset: 5, previous median 6"
    )


def test_markup_in_names_and_rows_is_text(page: Tab) -> None:
    assert page.count("img") == 0
    assert page.count("script") == 0
    assert "\u202e" not in page.evaluate("document.body.innerHTML")
