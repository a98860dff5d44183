"""The ledger's tables. Times are UTC as ISO text, so that they read and sort alike in every database."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Column, Engine, Index, Integer, MetaData, String, Table, Text, create_engine, event
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.pool import NullPool
from sqlalchemy.types import TypeDecorator

metadata = MetaData()


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
    Column("size", Integer, nullable=False),
    Column("mtime", Integer, nullable=False),
    Column("looks", Integer, nullable=False),
    Column("last_look", Instant, nullable=False),
)
snapshot = Table(
    "snapshot",
    metadata,
    *_night(key=True),
    Column("snapshot_id", String(40), primary_key=True),
    Column("file_name", String(255), primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("as_of", Instant, nullable=False),
    Column("size", Integer, nullable=False),
    Column("mtime", Integer, nullable=False),
    Column("lines", Integer, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("blank_lines", Integer, nullable=False),
    Column("columns", Text, nullable=False),
    Column("state", String(20), nullable=False),
    Column("reason", Text, nullable=False),
)
made = Table(
    "made",
    metadata,
    *_night(key=True),
    Column("asset", String(60), primary_key=True),
    Column("snapshot_id", String(40)),
    Column("rows", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("detail", Text, nullable=False),
)
artefact = Table(
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
    Column("rows", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("epoch", Integer, nullable=False, default=0),
    Column("candidates", Text, nullable=False, default=""),
    Column("published_at", Instant),
    Column("left_folder_at", Instant),
    Column("finished_at", Instant),
    Column("failed_rows", Integer, nullable=False, default=0),
    Column("reason", Text, nullable=False, default=""),
    Index("one_file_of_a_name", "site", "file_name", unique=True),
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
)
failure = Table(
    "failure",
    metadata,
    *_night(key=True),
    Column("job", String(60), primary_key=True),
    Column("times", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("last_at", Instant, nullable=False),
)
alert = Table(
    "alert",
    metadata,
    *_night(key=True),
    Column("cause", String(64), primary_key=True),
    Column("text", Text, nullable=False),
    Column("sent_at", Instant, nullable=False),
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
)


def connect(url: str) -> Engine:
    """An engine whose transactions are serial (SQLite: WAL, synchronous FULL, BEGIN IMMEDIATE); makes the tables."""
    if not url.startswith("sqlite"):
        engine = create_engine(url, isolation_level="SERIALIZABLE", pool_pre_ping=True)
        metadata.create_all(engine)
        return engine
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": 30})
    event.listen(engine, "connect", _durable)
    event.listen(engine, "begin", _at_once)
    metadata.create_all(engine)
    return engine


def _durable(connection: Any, _: Any) -> None:
    connection.isolation_level = None
    for pragma in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA busy_timeout=30000"):
        connection.execute(pragma)


def _at_once(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
