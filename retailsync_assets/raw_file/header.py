"""A raw file's header: which of its columns are ours, by name and never by place."""

import csv
from collections.abc import Iterator

from retailsync_assets.config.loader import RetailPro
from retailsync_assets.errors import Quarantined
from retailsync_assets.resources.column_name import loosely


def columns_of(header: str, settings: RetailPro) -> tuple[str, ...]:
    """The header's names in order; raises `Quarantined` unless each of the three that count is there once.

    An empty name at the end is no column but a delimiter too many, which a person is asked about (`extra_delimiter`).
    """
    try:
        names = tuple(name.strip() for name in next(csv.reader([header], delimiter=settings.delimiter), list[str]()))
    except csv.Error as unreadable:
        raise Quarantined(f"line 1, the header, can't be read: {unreadable}") from unreadable
    for wanted in _wanted(settings):
        count = len(_places(wanted, names))
        if count != 1:
            fault = "names twice the column" if count else "has no column"
            raise Quarantined(f"line 1, the header, {fault} {wanted!r}; it reads {header[:200]!r}")
    return names[:-1] if names[-1] == "" else names


def canonical(columns: tuple[str, ...], settings: RetailPro) -> dict[str, str]:
    """DuckDB's `columns` for a file with this header: our names for the three that count, text throughout."""
    ours = {place: our for wanted, our in _wanted(settings).items() for place in _places(wanted, columns)}
    return {ours.get(place, f"other_{place}"): "VARCHAR" for place in range(1, len(columns) + 1)}


def renamed_columns(columns: tuple[str, ...], settings: RetailPro) -> list[str]:
    """Every column that was taken for ours although its name is written otherwise, in words."""
    found = ((columns[place - 1], wanted) for wanted in _wanted(settings) for place in _places(wanted, columns))
    return [f"{name!r} read as {wanted!r}" for name, wanted in found if name != wanted]


def extra_delimiter(start: bytes, columns: tuple[str, ...], settings: RetailPro) -> str:
    """Which line of a file's first ones has a delimiter too many at its end, in words; or nothing."""
    lines = start.decode(settings.encoding, "replace").splitlines()[:2]
    rows = csv.reader((line for line in lines if line), delimiter=settings.delimiter)
    for what, fields in zip(("its header", "its first record"), _readable(rows), strict=False):
        if len(fields) == len(columns) + 1 and not fields[-1].strip():
            return f"{what} ends in a delimiter too many: has a column gone, or is one to come?"
    return ""


def _readable(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from rows
    except csv.Error:
        return


def _wanted(settings: RetailPro) -> dict[str, str]:
    return {
        settings.columns.upc: "upc",
        settings.columns.store: "store_code",
        settings.columns.quantity: "quantity",
    }


def _places(wanted: str, names: tuple[str, ...]) -> list[int]:
    """Where a name stands, counted from 1; only if nowhere, where it stands in other letters or with other gaps."""
    exact = [place for place, name in enumerate(names, start=1) if name == wanted]
    return exact or [place for place, name in enumerate(names, start=1) if loosely(name) == loosely(wanted)]
