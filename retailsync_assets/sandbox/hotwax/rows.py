"""Rows on their way into the OMS: by table, with the ids and times that it keeps."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Column, Connection, func, select

Row = dict[str, object]


class Rows:
    """Rows by table name, in the order in which they came."""

    def __init__(self) -> None:
        self._tables: defaultdict[str, list[Row]] = defaultdict(list)

    def add(self, table: str, **columns: object) -> None:
        self._tables[table].append(columns)

    def __iter__(self) -> Iterator[tuple[str, list[Row]]]:
        return iter(self._tables.items())


def stored(instant: datetime) -> datetime:
    """The OMS keeps UTC without saying so."""
    return instant.astimezone(UTC).replace(tzinfo=None)


def moment(as_of: datetime, hours: float) -> datetime:
    """What the OMS stores for the instant that many hours before `as_of`."""
    return stored(as_of - timedelta(hours=hours))


def next_id(connection: Connection, column: Column[Any], prefix: str) -> str:
    """The id after the highest one with that prefix: `prefix` and eight digits, so that text sorts as numbers do."""
    highest = connection.execute(select(func.max(column)).where(column.startswith(prefix))).scalar()
    return f"{prefix}{int(highest.removeprefix(prefix)) + 1 if highest else 1:08d}"
