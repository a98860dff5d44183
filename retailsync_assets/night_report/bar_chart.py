"""One figure over the nights, a bar each. pygal draws it; the page's style sheet colours it, by day and by night."""

import sys
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

import pygal  # pyright: ignore[reportMissingTypeStubs] - pygal ships no types
from markupsafe import Markup
from pygal.style import Style  # pyright: ignore[reportMissingTypeStubs] - as above

# Importing pygal leaves a finder of plug-ins behind, of whose old form Python 3.11 warns at every later import.
sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, pygal.PluginImportFixer)]

WIDTH, HEIGHT = 300, 116
"""Of the drawing, in units; about as many pixels on a phone, so that its text keeps its size."""
LETTERS = 13
"""The height of its text, as night.css has it; by this pygal leaves room for the numbers beside the axis."""
ENDS = 22
"""Room beside the plot, where the last night's name stands out."""


def bar_chart(
    name: str, nights: Sequence[date], values: Sequence[float | None], told: Callable[[float], str]
) -> Markup:
    """SVG with `name` for those who cannot see it, and a bar for every known value, which says its night and its value.

    The ground is zero; the axis names it, the highest and the lowest value, as `told` writes them. The last bar is of
    class `tonight`. What pygal adds of its own, a script, styles, an id and the day it drew, is left out: the page
    runs nothing and, drawn again, is the same.
    """
    names = [f"{night:%b} {night.day}" for night in nights]
    known = [0, *(value for value in values if value is not None)]
    chart: Any = pygal.Bar(
        width=WIDTH, height=HEIGHT, margin=6, margin_right=ENDS, spacing=6,
        x_labels=names, x_labels_major=[names[0], names[-1]], show_minor_x_labels=False, truncate_label=-1,
        y_labels=sorted({min(known), 0, max(known)}), value_formatter=told,
        style=Style(label_font_size=LETTERS, major_label_font_size=LETTERS),
        show_legend=False, no_data_text="not known", css=[], js=[], disable_xml_declaration=True,
    )  # fmt: skip
    bars = [_bar(value, night, told) for value, night in zip(values, names, strict=True)]
    if bars[-1] is not None:
        bars[-1]["node"] = {"class": "tonight"}
    chart.add("", bars)
    chart.add_xml_filter(partial(_bare, name=name))
    return Markup(chart.render(is_unicode=True))  # noqa: S704 - pygal escapes what it is given


def _bar(value: float | None, night: str, told: Callable[[float], str]) -> dict[str, Any] | None:
    return None if value is None else {"value": value, "tooltip": f"{night}: {told(value)}"}


def _bare(drawing: Any, name: str) -> Any:
    """The plot alone, and not where in it each value stands."""
    drawing.attrib.pop("id")
    drawing.attrib.update({"role": "img", "aria-label": name})
    for part in list(drawing):
        if "graph" not in str(part.get("class")):
            drawing.remove(part)
    for bar in drawing.iterfind(".//*[@class='bar']"):
        for told in bar.findall("desc"):
            bar.remove(told)
    return drawing
