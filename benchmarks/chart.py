"""docs/performance.svg: one bar a row of the table, our time over the peer's, on a logarithmic scale around 1."""

import math
from collections.abc import Sequence
from xml.sax.saxutils import escape

from benchmarks.ratios import Row

WIDTH, LABELS, LINE, TOP = 760, 330, 22, 40
COLOURS = {"holds": "#2e7d32", "missed": "#c62828", "–": "#607d8b"}
LEAST, MOST = 1 / 16, 4.0


def chart(rows: Sequence[Row]) -> str:
    """The picture."""
    height = TOP + LINE * len(rows) + 14
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}">',
        "<style>text { font: 12px sans-serif }</style>",
        f'<rect width="{WIDTH}" height="{height}" fill="white"/>',
        '<text x="8" y="16">our time ÷ peer’s, whiskers least–most; a tick is the budget</text>',
    ]
    for mark in (1 / 8, 1 / 4, 1 / 2, 1, 2, 4):
        parts.append(f'<line x1="{_x(mark)}" y1="{TOP - 8}" x2="{_x(mark)}" y2="{height - 8}" stroke="#ddd"/>')
        parts.append(f'<text x="{_x(mark)}" y="{TOP - 10}" text-anchor="middle" fill="#555">{mark:g}</text>')
    for number, row in enumerate(rows):
        parts += _bar(row, TOP + number * LINE)
    return "\n".join([*parts, "</svg>", ""])


def _bar(row: Row, top: int) -> list[str]:
    left, right = sorted((_x(1), _x(row.ratio.median)))
    middle = top + LINE / 2 - 2
    least, most = _x(row.ratio.least), _x(row.ratio.most)
    box = f'x="{left}" y="{top + 2}" width="{max(right - left, 1):.1f}" height="{LINE - 8}"'
    title = f"<title>{escape(row.ours)}: {row.ratio.median:.2f}</title>"
    bar = [
        f'<text x="8" y="{middle + 4}">{escape(f"{row.part}: {row.peer}")}</text>',
        f'<rect {box} fill="{COLOURS[row.judgement]}">{title}</rect>',
        f'<line x1="{least}" y1="{middle}" x2="{most}" y2="{middle}" stroke="black"/>',
    ]
    if row.budget:
        tick = _x(row.budget)
        bar.append(f'<line x1="{tick}" y1="{top}" x2="{tick}" y2="{top + LINE - 4}" stroke="black" stroke-width="2"/>')
    return bar


def _x(ratio: float) -> float:
    share = math.log(min(max(ratio, LEAST), MOST) / LEAST) / math.log(MOST / LEAST)
    return round(LABELS + share * (WIDTH - LABELS - 16), 1)
