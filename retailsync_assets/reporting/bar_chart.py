"""One figure over the business dates, a bar each: where it all stands. The template draws it, night.css colors it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from retailsync_assets.reporting.scales import value_scale

WIDTH, HEIGHT = 300, 116
"""Of the drawing, in units; about as many pixels on a phone, so that its text keeps its size."""
LETTERS = 13
"""The height of its text, as night.css has it."""
DIGIT = 8.2
"""The width of a digit of that height, in a wide font: numbers beside the axis get so much room."""
TOP, BOTTOM = 9, 92
"""Where the plot begins, half a line below the edge, and ends, with room for the dates below it."""
GAP = 0.3
"""Between two bars, as a share of what one of them has."""
STUB = 1.5
"""How high a bar is that would not be seen: zero is a value, and differs from a date without one."""


@dataclass(frozen=True)
class Bar:
    """A business date's value: `told` says both in words, `y` is its upper end."""

    told: str
    x: float
    y: float
    width: float
    height: float
    current: bool


@dataclass(frozen=True)
class BarChart:
    """A drawing of WIDTH × HEIGHT: `lines` are the values that the axis names, with their height in it."""

    name: str
    bars: tuple[Bar, ...]
    lines: tuple[tuple[float, str], ...]
    left: float
    first: str
    last: str
    width: int = WIDTH
    height: int = HEIGHT
    top: int = TOP
    bottom: int = BOTTOM


def bar_chart(
    name: str, nights: Sequence[date], values: Sequence[float | None], told: Callable[[float], str]
) -> BarChart:
    """A bar for every known value, which says its night and its value; `name` is for those who cannot see it.

    The ground is zero; the axis names it, the lowest and the highest value, as `told` writes them, where their names
    would not stand on zero's. The last night's bar is marked.
    """
    known = [value for value in values if value is not None]
    scale = value_scale(known)
    ends = [(_down(scale.at(end)), told(end)) for end in scale.ends(LETTERS * 1.2 / (BOTTOM - TOP))]
    left = max(len(words) for _, words in ends) * DIGIT + LETTERS / 2
    each = (WIDTH - left) / len(nights)
    ground = _down(scale.at(0))
    bars = list[Bar]()
    for place, (night, value) in enumerate(zip(nights, values, strict=True)):
        if value is None:
            continue
        end = _down(scale.at(value))
        height = max(abs(ground - end), STUB)
        bars.append(
            Bar(
                told=f"{night}: {told(value)}",
                x=round(left + (place + GAP / 2) * each, 3),
                y=round(ground if value < 0 else ground - height, 3),
                width=round(each * (1 - GAP), 3),
                height=round(height, 3),
                current=place == len(nights) - 1,
            )
        )
    return BarChart(name, tuple(bars), tuple(ends), round(left, 3), _short(nights[0]), _short(nights[-1]))


def _down(share: float) -> float:
    """From a share of the plot's height to a place in the drawing."""
    return round(TOP + share * (BOTTOM - TOP), 3)


def _short(night: date) -> str:
    return f"{night:%b} {night.day}"
