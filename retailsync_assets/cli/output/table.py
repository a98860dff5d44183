"""A table on a terminal: values are never broken; where they do not fit side by side, each row is printed by itself."""

import sys
from collections.abc import Sequence
from decimal import Decimal

from rich.box import HORIZONTALS
from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.markup import escape
from rich.rule import Rule
from rich.table import Table


def print_table(console: Console, title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """As wide as the values are; if need be, with names on several lines, then without rules; at last one value a line.

    The last is what psql's `\\x auto` does. In a pipe every table is as wide as it needs.
    """
    if title:
        console.print(f"[italic]{escape(title)}[/]", soft_wrap=True)
    names = [printable(column) for column in columns]
    stacked = [name.replace(" ", "\n").replace("_", "_\n") for name in names]
    dense = Table(box=HORIZONTALS, padding=0, pad_edge=False)
    for empty, heads in ((Table(), names), (Table(), stacked), (dense, stacked)):
        drawn = _filled(empty, heads, rows)
        drawn.width = console.measure(drawn, options=console.options.update(max_width=sys.maxsize)).maximum
        if drawn.width <= console.width or not console.is_terminal:
            console.print(drawn, crop=False)
            return
    if not rows:
        console.print(f"no rows of {escape(', '.join(names))}", soft_wrap=True)
    longest = max(map(cell_len, names))
    for place, row in enumerate(rows):
        if place:
            console.print(Rule(style="dim"))
        for name, cell in zip(names, row, strict=True):
            told = f"[bold]{escape(set_cell_size(name, longest))}[/]  {_shown(cell)}"
            console.print(told, highlight=False, soft_wrap=True)


def _filled(drawn: Table, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> Table:
    for place, head in enumerate(heads):
        numeric = bool(rows) and all(isinstance(row[place], int | float | Decimal) for row in rows)
        drawn.add_column(escape(head), justify="right" if numeric else "left", no_wrap=True)
    for row in rows:
        drawn.add_row(*map(_shown, row))
    return drawn


def _shown(cell: object) -> str:
    return "" if cell is None else escape(printable(cell))


def printable(cell: object) -> str:
    """Its letters, with those that would move the cursor or hide something written out."""
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in str(cell))
