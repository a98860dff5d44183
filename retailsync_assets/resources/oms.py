"""HotWax's database, read only, through SQLAlchemy: queries of sql/oms/, values bound, instants in UTC."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import NullPool

from retailsync_assets.outcomes import Broken, Unreachable
from retailsync_assets.queries import query

Row = dict[str, Any]


class Oms:
    """The OMS of one site. Rows come with lower-case names; `DATETIME` values are naive UTC in the database."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
        self._sqlite = self._engine.dialect.name == "sqlite"

    def __repr__(self) -> str:
        return repr(self._engine.url)

    def rows(self, name: str, **values: object) -> list[Row]:
        """The answer of `sql/oms/<name>.sql`, values plain JSON (decimals and instants as text); raises `Unreachable`
        when the database doesn't answer and `Broken` when it refuses the query."""
        bound = {key: self._bound(value) for key, value in values.items()}
        file = self._engine.url.database
        if self._sqlite and file and file != ":memory:" and not Path(file).is_file():
            raise Broken(f"the OMS database {self!r}: there is no such file")  # connecting would make an empty one
        try:
            with self._engine.connect() as connection:
                if self._sqlite:
                    connection.exec_driver_sql("PRAGMA query_only = ON")
                answer = connection.execute(text(query(f"oms/{name}")), bound)
                columns = [column.lower() for column in answer.keys()]  # noqa: SIM118 - a result is no dict
                return [dict(zip(columns, map(_plain, row), strict=True)) for row in answer]
        except OperationalError as failed:
            kind = Broken if "no such" in str(failed.orig) or "syntax" in str(failed.orig) else Unreachable
            raise kind(f"the OMS database {self!r}, {name}: {failed.orig}") from failed
        except DBAPIError as failed:
            raise Broken(f"the OMS database {self!r}, {name}: {failed.orig}") from failed

    def _bound(self, value: object) -> object:
        if not isinstance(value, datetime):
            return value
        utc = value.astimezone(UTC).replace(tzinfo=None)
        return utc.isoformat(" ", "microseconds") if self._sqlite else utc


def _plain(value: object) -> object:
    match value:
        case Decimal():
            return str(value)
        case datetime():
            return value.isoformat(" ", "microseconds")
        case _:
            return value


def instant(value: str | None) -> datetime | None:
    """A time of the OMS as an aware UTC datetime; raises ValueError if it is none."""
    if value is None:
        return None
    found = datetime.fromisoformat(value)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
