import io
from datetime import date

import pytest
from rich.console import Console

from retailsync_assets.cli.output.table import print_table

KEYS = ("facility_id", "upca", "units on hand", "snapshot_id", "business_date")
ROWS = [
    ("NEW_YORK", "006100200071", 10, "20261122091503-628c8fa04655", date(2026, 11, 22)),
    ("CHICAGO_NORTH", "611000200217", None, "20261122091503-628c8fa04655", date(2026, 11, 22)),
]


def printed(width: int, *, terminal: bool, rows: list[tuple[object, ...]] = ROWS) -> list[str]:
    file = io.StringIO()
    print_table(Console(file=file, width=width, force_terminal=terminal, color_system=None), "Stock", KEYS, rows)
    return [line.rstrip() for line in file.getvalue().splitlines()]


@pytest.mark.parametrize(("width", "terminal"), [(120, True), (40, False)], ids=["a wide terminal", "a pipe"])
def test_each_row_is_a_line_where_there_is_room(width: int, terminal: bool) -> None:
    title, _, head, _, *rows, _ = printed(width, terminal=terminal)
    assert title == "Stock"
    assert [cell.strip() for cell in head.strip("┃").split("┃")] == list(KEYS)
    told = [tuple(cell.strip() for cell in row.strip("│").split("│")) for row in rows]
    assert told == [tuple("" if cell is None else str(cell) for cell in row) for row in ROWS]


def test_names_of_several_words_go_first() -> None:
    _, top, *heads, rule, first, second, _ = printed(92, terminal=True)
    assert (top[0], rule[0]) == ("┏", "┡")
    assert [line.split("┃")[3].strip() for line in heads] == ["units", "on", "hand"]
    assert all(str(cell) in first for cell in ROWS[0])
    assert "CHICAGO_NORTH" in second


def test_lines_go_next() -> None:
    told = printed(82, terminal=True)
    assert not set("".join(told)) & set("│┃")
    assert [line.split() for line in told[-3:-1]] == [[str(cell) for cell in row if cell is not None] for row in ROWS]


@pytest.mark.parametrize("width", [70, 30])
def test_each_value_is_a_line_where_there_is_none(width: int) -> None:
    assert printed(width, terminal=True) == [
        "Stock",
        "facility_id    NEW_YORK",
        "upca           006100200071",
        "units on hand  10",
        "snapshot_id    20261122091503-628c8fa04655",
        "business_date  2026-11-22",
        "─" * width,
        "facility_id    CHICAGO_NORTH",
        "upca           611000200217",
        "units on hand",
        "snapshot_id    20261122091503-628c8fa04655",
        "business_date  2026-11-22",
    ]


def test_without_rows_it_has_its_names() -> None:
    assert printed(30, terminal=True, rows=[]) == ["Stock", f"no rows of {', '.join(KEYS)}"]


def test_what_moves_the_cursor_is_written_out() -> None:
    odd: tuple[object, ...] = ("[bold]A\x1b[2J", "1\n2", 0, "", None)
    for width in (120, 30):
        told = "\n".join(printed(width, terminal=True, rows=[odd]))
        assert "[bold]A\\x1b[2J" in told
        assert "1\\n2" in told
