"""A bar chart of one figure over the business dates. pygal draws it; the page's style sheet colours it."""

import sys
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from importlib.metadata import entry_points
from typing import Any

import pygal  # pyright: ignore[reportMissingTypeStubs] - pygal ships no types
from markupsafe import Markup
from pygal.style import Style  # pyright: ignore[reportMissingTypeStubs] - as above

# Importing pygal leaves a finder of its maps behind, of whose old form Python 3.11 warns at every later import.
# Where no maps are installed, it has nothing to find.
if not entry_points(group="pygal.maps"):
    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, pygal.PluginImportFixer)]

WIDTH, HEIGHT = 300, 116
"""Of the drawing, in units; about as many pixels on a phone, so that its text keeps its size."""
LETTERS = 13
"""The height of its text, as night.css has it; by this pygal leaves room for the numbers beside the axis."""
ENDS = 22
"""Room beside the plot, where the last date's label stands out."""
STUB = 1.5
"""How high a bar is that would not be seen: zero is a value, and differs from a date without one."""


def bar_chart(
    name: str, nights: Sequence[date], values: Sequence[float | None], told: Callable[[float], str]
) -> Markup:
    """SVG with `name` for those who cannot see it, and a bar for every known value, labelled with its date and value.

    The ground is zero; the axis names it, the highest and the lowest value, as `told` writes them. The last bar has
    the class `current`. What pygal adds of its own, a script, styles, an id and the day it drew, is left out: the page
    runs nothing and, drawn again, is the same.
    """
    names = [f"{night:%b} {night.day}" for night in nights]
    chart: Any = pygal.Bar(
        width=WIDTH, height=HEIGHT, margin=6, margin_right=ENDS, spacing=6,
        x_labels=names, x_labels_major=[names[0], names[-1]], show_minor_x_labels=False, truncate_label=-1,
        y_labels=_ends([value for value in values if value is not None]), value_formatter=told,
        style=Style(label_font_size=LETTERS, major_label_font_size=LETTERS),
        show_legend=False, no_data_text="not known", css=[], js=[], disable_xml_declaration=True,
    )  # fmt: skip
    bars = [_bar(value, night, told) for value, night in zip(values, nights, strict=True)]
    if bars[-1] is not None:
        bars[-1]["node"] = {"class": "current"}
    chart.add("", bars)
    chart.add_xml_filter(partial(_bare, name=name))
    return Markup(chart.render(is_unicode=True))  # noqa: S704 - pygal escapes what it is given


def _ends(known: Sequence[float]) -> list[float]:
    """Zero, and the lowest and the highest value where their names would not stand on zero's."""
    lowest, highest = min([0, *known]), max([0, *known])
    apart = (highest - lowest) * LETTERS * 1.2 / HEIGHT
    return sorted({0, *(end for end in (lowest, highest) if abs(end) > apart)})


def _bar(value: float | None, night: date, told: Callable[[float], str]) -> dict[str, Any] | None:
    return None if value is None else {"value": value, "tooltip": f"{night}: {told(value)}"}


def _bare(drawing: Any, name: str) -> Any:
    """The plot alone, without where in it each value stands; a bar can be seen and pointed at, however low it is."""
    drawing.attrib.pop("id")
    drawing.attrib.update({"role": "img", "aria-label": name})
    for part in list(drawing):
        if "graph" not in str(part.get("class")):
            drawing.remove(part)
    (graph,) = drawing
    for part in list(graph):
        if part.get("class") not in ("background", "plot", "plot text-overlay"):
            graph.remove(part)
    height = graph.find("*[@class='plot']/*[@class='background']").get("height")
    for bar in graph.iterfind(".//*[@class='bar']"):
        for told in bar.findall("desc"):
            bar.remove(told)
        rect = bar.find("rect")
        if float(rect.get("height")) < STUB:
            rect.attrib.update({"y": str(float(rect.get("y")) - STUB), "height": str(STUB)})
        reach = {"class": "reach", "x": rect.get("x"), "y": "0", "width": rect.get("width"), "height": height}
        bar.append(bar.makeelement("rect", reach))
    return drawing
