"""The ledger's schema has a version: a new ledger is made whole, an older one is brought up step by step."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import (
    DDL,
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    Table,
    and_,
    create_engine,
    insert,
    inspect,
    literal_column,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import NullPool
from sqlalchemy.schema import CreateColumn, CreateTable

from retailsync_assets.errors import Kind, NotPossible, Remedy
from retailsync_assets.ledger import schema
from retailsync_assets.ledger.engine import connect, parse_url, reading, translate_errors

version = Table("schema_version", MetaData(), Column("version", Integer, primary_key=True, autoincrement=False))


def is_made(url: str) -> bool:
    """Is there a ledger at this URL? Opening one would make it; looking for it makes nothing."""
    source = parse_url(url)
    if source.get_backend_name() == "sqlite":
        return Path(source.database or "").is_file()
    engine = create_engine(source, poolclass=NullPool)
    with translate_errors(engine):
        return inspect(engine).has_table(version.name)


def _add_withdrawn_at(connection: Connection) -> None:
    """2: when a file was withdrawn from HotWax's folder."""
    _add_column(connection, "artefact", Column("withdrawn_at", schema.Instant))


def _add_column(connection: Connection, table: str, column: Column[Any]) -> None:
    """Add a column that may be null, unless a migration that was killed behind it has added it already."""
    if column.name not in {each["name"] for each in inspect(connection).get_columns(table)}:
        definition = CreateColumn(column).compile(dialect=connection.dialect)
        connection.execute(DDL(f"ALTER TABLE {table} ADD COLUMN {definition}"))


def _type_what_assets_were_made_from(connection: Connection) -> None:
    """3: `made.detail`, one text of five meanings, becomes columns; holds keep the figures that were shown, deliveries
    the hash of the rows behind their bytes."""
    for name in ("tables", "deliveries", "product_list", "exact"):
        _add_column(connection, "made", Column(name, schema.made.c[name].type))
    _add_column(connection, "hold", Column("figures", schema.hold.c.figures.type))
    _add_column(connection, "artefact", Column("rows_sha256", schema.delivery.c.rows_sha256.type))
    if "detail" not in {each["name"] for each in inspect(connection).get_columns("made")}:
        return
    made, detail = schema.made, Column("detail", schema.made.c.product_list.type)
    key = (made.c.site, made.c.business_date, made.c.asset)
    for row in connection.execute(select(*key, literal_column("detail", detail.type).label("detail"))).all():
        same = and_(*(column == value for column, value in zip(key, row[:3], strict=True)))
        connection.execute(update(made).where(same).values(**_from_detail(row.asset, row.detail)))
    connection.execute(DDL("ALTER TABLE made DROP COLUMN detail"))


def _from_detail(asset: str, detail: str) -> dict[str, Any]:
    match asset:
        case "active_products":
            return {"tables": {"stores": detail}}
        case "filtered_reset":
            return {"product_list": detail}
        case "partial_shipment_variance":
            return {"exact": detail == "exact"}
        case _:
            return {"deliveries": [] if detail == "at once" else detail.split()}


def _keep_the_last_attempts(connection: Connection) -> None:
    """4: `failure`, which counted a job's failures, becomes `attempt`: every step, its cause and since when."""
    if "failure" not in inspect(connection).get_table_names():
        return
    connection.execute(CreateTable(schema.attempt, if_not_exists=True))
    old = Table("failure", MetaData(), autoload_with=connection)
    at = literal_column("last_at", schema.Instant())
    for row in connection.execute(
        select(old.c.site, old.c.business_date, old.c.job, old.c.times, old.c.reason, at)
    ).all():
        key, new = row[:3], schema.attempt.c
        same = and_(new.site == key[0], new.business_date == date.fromisoformat(key[1]), new.step == key[2])
        if connection.execute(select(new.step).where(same)).first() is None:
            kind, text = _split_off_kind(row.reason)
            values = {"kind": kind, "text": text, "remedy": Remedy.RUN, "times": row.times}
            when = {"first_at": row.last_at, "last_at": row.last_at}
            night = {"site": key[0], "business_date": date.fromisoformat(key[1]), "step": key[2]}
            connection.execute(insert(schema.attempt).values(**night, **values, **when))
    connection.execute(DDL("DROP TABLE failure"))


def _split_off_kind(line: str) -> tuple[Kind, str]:
    """A failure's line begins with the word of its kind; that of an error has none."""
    word, found, text = line.partition(": ")
    on_hold = (Kind.HELD, Kind.QUARANTINED, Kind.REFUSED)
    return (Kind(word), text) if found and word in on_hold else (Kind.ERROR, line)


STEPS: tuple[Callable[[Connection], None], ...] = (
    _add_withdrawn_at,
    _type_what_assets_were_made_from,
    _keep_the_last_attempts,
)
"""Step n leads from version n to n + 1. Never edited once released; a new need is a new step.

Each can be repeated: MySQL commits every change of a table by itself, so one may be killed behind it.
"""

LATEST = 1 + len(STEPS)


def connect_migrated(url: str) -> Engine:
    """An engine on a ledger of this release's schema; raises what `connect` and `migrate` raise."""
    engine = connect(url)
    with translate_errors(engine):
        migrate(engine)
    return engine


def migrate(engine: Engine) -> None:
    """Make or bring up a ledger, two at once as one; raises `NotPossible` for one that a later release wrote."""
    with reading(engine) as connection:
        found = _version(connection)
    if found == LATEST:
        return
    if found is not None and found > LATEST:
        raise NotPossible(
            f"the ledger has schema {found}, this retailsync knows {LATEST}: install the release that wrote it"
        )
    try:
        with engine.begin() as connection:
            _bring_up(connection, _version(connection))
    except IntegrityError:
        migrate(engine)


def _version(connection: Connection) -> int | None:
    """None without a ledger; 1 for the first ledgers, which had no version, and where a migration got no further."""
    there = inspect(connection).get_table_names()
    found = connection.execute(select(version.c.version)).scalar() if version.name in there else None
    return 1 if found is None and schema.delivery.name in there else found


def _bring_up(connection: Connection, found: int | None) -> None:
    if found == LATEST:
        return
    connection.execute(CreateTable(version, if_not_exists=True))
    if found is not None:
        for reached, step in enumerate(STEPS[found - 1 :], start=found + 1):
            step(connection)
            _enter(connection, reached)
    there = inspect(connection).get_table_names()
    for table in schema.metadata.sorted_tables:
        if table.name not in there:
            connection.execute(CreateTable(table, if_not_exists=True))
    _enter(connection, LATEST)


def _enter(connection: Connection, reached: int) -> None:
    connection.execute(version.delete())
    connection.execute(version.insert().values(version=reached))
