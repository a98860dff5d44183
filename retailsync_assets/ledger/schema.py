"""The ledger's tables."""

import json
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

metadata = MetaData()
LETTER_BY_LETTER: dict[str, Any] = {
    f"{dialect}_{option}": value
    for dialect in ("mysql", "mariadb")
    for option, value in (("charset", "utf8mb4"), ("collate", "utf8mb4_bin"))
}
"""MySQL and MariaDB would else take `demo` and `Demo` for one."""


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime, kept as `2026-11-21T05:00:00.000000Z`."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class Day(TypeDecorator[date]):
    """A business date, kept as `2026-11-21`."""

    impl = String(10)
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)


class Json(TypeDecorator[Any]):
    """A list or an object, kept as JSON text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(value, sort_keys=True)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


def _night(*, key: bool) -> list[Column[Any]]:
    return [
        Column("site", String(60), primary_key=key, nullable=False),
        Column("business_date", Day, primary_key=key, nullable=False),
    ]


arrival = Table(
    "arrival",
    metadata,
    *_night(key=True),
    Column("file_name", String(255), primary_key=True),
    Column("as_of", Instant, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("mtime", BigInteger, nullable=False),
    Column("looks", Integer, nullable=False),
    Column("last_look", Instant, nullable=False),
    **LETTER_BY_LETTER,
)
snapshot = Table(
    "snapshot",
    metadata,
    *_night(key=True),
    Column("snapshot_id", String(40), primary_key=True),
    Column("file_name", String(255), primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("as_of", Instant, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("mtime", BigInteger, nullable=False),
    Column("lines", BigInteger, nullable=False),
    Column("rows", BigInteger, nullable=False),
    Column("blank_lines", BigInteger, nullable=False),
    Column("columns", Text, nullable=False),
    Column("state", String(20), nullable=False),
    Column("reason", Text, nullable=False),
    **LETTER_BY_LETTER,
)
made = Table(
    "made",
    metadata,
    *_night(key=True),
    Column("asset", String(60), primary_key=True),
    Column("snapshot_id", String(40)),
    Column("rows", BigInteger, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("tables", Json),
    Column("deliveries", Json),
    Column("product_list", Text),
    Column("exact", Boolean),
    **LETTER_BY_LETTER,
)
delivery = Table(
    "artefact",
    metadata,
    Column("id", Integer, primary_key=True),
    *_night(key=False),
    Column("kind", String(20), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("part", Integer, nullable=False),
    Column("parts", Integer, nullable=False),
    Column("file_name", String(255), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("sha12", String(12), nullable=False),
    Column("snapshot_id", String(40), nullable=False),
    Column("rows", BigInteger, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("state", String(20), nullable=False),
    Column("epoch", Integer, nullable=False, default=0),
    Column("candidates", Text, nullable=False, default=""),
    Column("published_at", Instant),
    Column("left_folder_at", Instant),
    Column("withdrawn_at", Instant),
    Column("finished_at", Instant),
    Column("failed_rows", BigInteger, nullable=False, default=0),
    Column("reason", Text, nullable=False, default=""),
    Column("rows_sha256", String(64)),
    UniqueConstraint("site", "file_name", name="one_file_of_a_name"),
    **LETTER_BY_LETTER,
)
hold = Table(
    "hold",
    metadata,
    *_night(key=True),
    Column("cause", String(60), primary_key=True),
    Column("subject", String(255), primary_key=True),
    Column("reason", Text, nullable=False),
    Column("raised_at", Instant, nullable=False),
    Column("approved_at", Instant),
    Column("approved_by", String(120)),
    Column("approval", Text),
    Column("figures", Text),
    **LETTER_BY_LETTER,
)
attempt = Table(
    "attempt",
    metadata,
    *_night(key=True),
    Column("step", String(60), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("text", Text, nullable=False),
    Column("remedy", String(20)),
    Column("first_at", Instant, nullable=False),
    Column("last_at", Instant, nullable=False),
    Column("times", Integer, nullable=False),
    **LETTER_BY_LETTER,
)
alert = Table(
    "alert",
    metadata,
    *_night(key=True),
    Column("cause", String(64), primary_key=True),
    Column("text", Text, nullable=False),
    Column("sent_at", Instant, nullable=False),
    **LETTER_BY_LETTER,
)
journal = Table(
    "event",
    metadata,
    Column("id", Integer, primary_key=True),
    *_night(key=False),
    Column("at", Instant, nullable=False),
    Column("actor", String(120), nullable=False),
    Column("what", String(60), nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    **LETTER_BY_LETTER,
)
turn = Table("turn", metadata, Column("id", Integer, primary_key=True))
"""One row, which every transaction locks first: so they are serial, and no two ever wait for each other."""
