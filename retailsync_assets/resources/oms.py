"""HotWax's database, read only, through SQLAlchemy: queries of sql/oms/, values bound (lists for IN), times in UTC."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import TextClause, bindparam, create_engine, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import NullPool

from retailsync_assets.errors import SetupError, Unreachable, driver_message
from retailsync_assets.resources.sql import query

Row = dict[str, Any]
ANY_VALUE = "2025-01-01 00:00:00"
"""A text and an instant alike: what a query is planned with."""

NO_DATE = "0000-00-00"
"""How a MySQL without NO_ZERO_DATE keeps a time that is none; a driver has no date for it and hands on the text."""

DENIED = ((1044,), (1045,), (1142,), (1143,))
"""MySQL's numbers for a database, login, table or column that it denies: no other try helps."""


HASH_WHERE_NO_INDEX = """\
SET SESSION join_cache_level = IF(EXISTS (
    SELECT 1 FROM information_schema.STATISTICS
    WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'ORDER_FULFILLMENT_HISTORY' AND COLUMN_NAME = 'ORDER_ID'
), @@GLOBAL.join_cache_level, 4)"""
"""MariaDB joins by hash when it is told to, and then prefers that to an index: so only where HotWax's foreign keys have
none. Otherwise it would read the one table anew for every few rows of the other. MySQL finds that out by itself."""


class Oms:
    """The OMS of one site. Rows come with lower-case names; `DATETIME` values are naive UTC in the database."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
        self._sqlite = self._engine.dialect.name == "sqlite"

    def __repr__(self) -> str:
        return repr(self._engine.url)

    def rows(self, name: str, **values: object) -> list[Row]:
        """The answer of `sql/oms/<name>.sql`, values plain JSON (decimals and instants as text); raises `Unreachable`
        when the database doesn't answer and `SetupError` when it refuses the query."""
        return self._answer(name, query(f"oms/{name}"), {key: self._bound(value) for key, value in values.items()})

    def explain(self, name: str) -> None:
        """Have `sql/oms/<name>.sql` planned, not run: are its tables there, and may they be read? Raises as `rows`."""
        asked = text(f"{'EXPLAIN QUERY PLAN' if self._sqlite else 'EXPLAIN'} {query(f'oms/{name}')}")
        values = {key: [ANY_VALUE] if f"IN :{key}" in asked.text else ANY_VALUE for key in asked.compile().params}
        self._answer(name, asked.text, values)

    def now(self) -> datetime:
        """The database's clock, to the second."""
        asked = "SELECT CURRENT_TIMESTAMP AS now" if self._sqlite else "SELECT UTC_TIMESTAMP() AS now"
        found = parse_utc(self._answer("its clock", asked, {})[0]["now"])
        return found if found is not None else datetime.now(UTC)

    def rights(self) -> list[str] | None:
        """What this login may do, a GRANT a line; None where the database has no rights (SQLite)."""
        if self._sqlite:
            return None
        return [str(right) for row in self._answer("its rights", "SHOW GRANTS", {}) for right in row.values()]

    def _answer(self, name: str, statement: str, bound: Row) -> list[Row]:
        file = self._engine.url.database
        if self._sqlite and file and file != ":memory:" and not Path(file).is_file():
            raise SetupError(f"the OMS database {self!r}: there is no such file")  # connecting would make an empty one
        try:
            with self._engine.connect() as connection:
                if self._sqlite:
                    connection.exec_driver_sql("PRAGMA query_only = ON")
                elif getattr(self._engine.dialect, "is_mariadb", False):
                    connection.exec_driver_sql(HASH_WHERE_NO_INDEX)
                answer = connection.execute(_bindable(statement, bound), bound)
                columns = [column.lower() for column in answer.keys()]  # noqa: SIM118 - a result is no dict
                return [dict(zip(columns, map(_plain, row), strict=True)) for row in answer]
        except OperationalError as failed:
            denied = failed.orig is not None and failed.orig.args[:1] in DENIED
            lasting = denied or "no such" in str(failed.orig) or "syntax" in str(failed.orig)
            kind = SetupError if lasting else Unreachable
            raise kind(f"the OMS database {self!r}, {name}: {driver_message(failed.orig)}") from failed
        except DBAPIError as failed:
            raise SetupError(f"the OMS database {self!r}, {name}: {driver_message(failed.orig)}") from failed

    def _bound(self, value: object) -> object:
        if not isinstance(value, datetime):
            return value
        utc = value.astimezone(UTC).replace(tzinfo=None)
        return utc.isoformat(" ", "microseconds") if self._sqlite else utc


def _bindable(statement: str, bound: Mapping[str, object]) -> TextClause:
    """A list is bound value by value, as `IN` wants it."""
    asked = text(statement)
    for key, value in bound.items():
        if isinstance(value, list):
            asked = asked.bindparams(bindparam(key, expanding=True))
    return asked


def _plain(value: object) -> object:
    match value:
        case Decimal():
            return str(value)
        case datetime():
            return value.isoformat(" ", "microseconds")
        case str() if value.startswith(NO_DATE):
            return None
        case _:
            return value


def parse_utc(value: str | None) -> datetime | None:
    """A time of the OMS as an aware UTC datetime; raises ValueError if it is none."""
    if value is None:
        return None
    found = datetime.fromisoformat(value)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
