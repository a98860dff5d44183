"""The drawing of one figure over the nights, read back as XML."""

from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retailsync_assets.reporting.bar_chart import BOTTOM, HEIGHT, STUB, TOP, WIDTH, bar_chart
from retailsync_assets.reporting.page import environment

VALUES = st.lists(st.none() | st.integers(-(10**6), 10**9).map(float), min_size=2, max_size=14)


def nights(values: list[float | None]) -> list[date]:
    return [date(2026, 11, 21) - timedelta(days=days) for days in reversed(range(len(values)))]


def drawn(values: list[float | None], name: str = "keys") -> str:
    macro: Any = environment().get_template("bar_chart.svg.j2").module
    return macro.drawn(bar_chart(name, nights(values), values, "{:,.0f}".format))


def drawing(values: list[float | None], name: str = "keys") -> ElementTree.Element:
    return ElementTree.fromstring(drawn(values, name))  # noqa: S314 - our own drawing


def bars(values: list[float | None]) -> list[ElementTree.Element]:
    return drawing(values).findall(".//g[@class='bar']")


def rect(bar: ElementTree.Element) -> tuple[float, float, float, float]:
    """Left, top, width and height of what is seen of it."""
    found = bar.find("rect")
    assert found is not None
    x, y, width, height = (float(found.get(name, "nan")) for name in ("x", "y", "width", "height"))
    return x, y, width, height


@given(VALUES)
def test_every_known_value_has_a_bar_that_tells_it_and_its_night(values: list[float | None]) -> None:
    told = [bar.findtext("title") for bar in bars(values)]
    assert told == [
        f"{night}: {value:,.0f}" for night, value in zip(nights(values), values, strict=True) if value is not None
    ]


@given(VALUES)
def test_a_bar_is_as_long_as_its_value_and_stays_on_its_ground(values: list[float | None]) -> None:
    known = [value for value in values if value is not None]
    rects = [rect(bar) for bar in bars(values)]
    assert all(x >= 0 and x + width <= WIDTH and y >= -0.1 and y + height <= HEIGHT for x, y, width, height in rects)
    of = max(map(abs, known), default=0)
    longest = max((height for *_, height in rects), default=0)
    unit = longest / of if of else 0
    assert [height for *_, height in rects] == pytest.approx(
        [max(abs(value) * unit, STUB) for value in known], abs=0.01
    )
    assert longest > HEIGHT / 3 or of == 0


@given(VALUES)
def test_a_bar_can_be_pointed_at_over_its_whole_ground(values: list[float | None]) -> None:
    for bar in bars(values):
        x, _, width, _ = rect(bar)
        reach = bar.find("rect[@class='reach']")
        assert reach is not None
        assert (reach.get("x"), reach.get("width"), reach.get("y")) == (str(x), str(width), str(TOP))
        assert float(reach.get("height", "nan")) == BOTTOM - TOP > HEIGHT / 2


@pytest.mark.parametrize(
    ("values", "tonight"), [([4, 5], ["2026-11-21: 5"]), ([4, 0], ["2026-11-21: 0"]), ([4, None], [])]
)
def test_tonights_bar_is_marked_and_no_other(values: list[float | None], tonight: list[str]) -> None:
    marked = [bar for bar in bars(values) if bar.find("rect[@class='current']") is not None]
    assert [bar.findtext("title") for bar in marked] == tonight


@pytest.mark.parametrize(
    ("values", "axis"),
    [
        ([2, 5], ["0", "5"]),
        ([-3, 5], ["-3", "0", "5"]),
        ([-3, -1], ["-3", "0"]),
        ([0, 0], ["0"]),
        ([-3, 30_000], ["0", "30,000"]),
        ([-30_000, 3], ["-30,000", "0"]),
        ([None, 5_200_000], ["0", "5,200,000"]),
    ],
)
def test_the_axis_names_zero_and_the_ends(values: list[float | None], axis: list[str]) -> None:
    assert [text.text for text in drawing(values).findall(".//g[@class='axis y']//text")] == axis


def test_where_nothing_is_known_it_says_so() -> None:
    assert [text.text for text in drawing([None, None]).iter("text")][-1] == "not known"


@pytest.mark.parametrize("values", [[None, None], [3, 4], [None, -1]])
def test_it_runs_nothing_fetches_nothing_and_is_the_same_each_time(values: list[float | None]) -> None:
    parts = {each.tag for each in drawing(values).iter()}
    assert parts <= {"svg", "g", "rect", "line", "text", "title"}
    assert drawn(values) == drawn(values)
    assert "<!--" not in drawn(values)


def test_its_name_is_text() -> None:
    name = '"><script>alert(1)</script>'
    assert drawing([1, 2], name).get("aria-label") == name
