"""What the books say of a site's nights: the reading half of the ledger. Rows come out as records."""

import hashlib
import json
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, Table, and_, func, select

from retailsync_assets.errors import Kind, Reason, Remedy, Unreachable
from retailsync_assets.ledger import schema
from retailsync_assets.ledger.engine import reading
from retailsync_assets.ledger.migrations import connect_migrated
from retailsync_assets.ledger.models import (
    BEGUN,
    OUT,
    Attempt,
    Delivery,
    DeliveryKind,
    DeliveryState,
    Hold,
    InboxFile,
    Materialization,
    NightState,
    Snapshot,
    SnapshotState,
)
from retailsync_assets.ledger.night_queries import (
    BEGAN,
    ELSEWHERE_ON_HOLD,
    GIVEN_UP,
    LAST_RELEASED,
    OUTSTANDING,
    rows_of_a_night,
)

BEGINNING = "0" * 64
RECENT_NIGHTS = timedelta(days=3)
"""HotWax does not take up an import again that is older."""


class LedgerReader:
    """One site's books, to be read: every answer is of one moment."""

    def __init__(self, url: str, site: str) -> None:
        self.site, self._url = site, url
        with suppress(Unreachable):  # whatever asks it raises that again: schedules and the UI start without it
            _ = self._engine

    @cached_property
    def _engine(self) -> Engine:
        return connect_migrated(self._url)

    def night_state(self, on: date) -> NightState:
        """All that the books say of one night, read in one transaction."""
        with reading(self._engine) as connection:
            return NightState(
                business_date=on,
                arrivals=tuple(
                    InboxFile(row.business_date, row.file_name, row.as_of, row.size, row.mtime, row.looks)
                    for row in self._rows(connection, schema.arrival, on, "file_name")
                ),
                snapshots=tuple(snapshot_of(row) for row in self._rows(connection, schema.snapshot, on, "file_name")),
                made={row.asset: made_of(row) for row in self._rows(connection, schema.made, on, "asset")},
                deliveries=tuple(delivery_of(row) for row in self._rows(connection, schema.delivery, on, "id")),
                holds=tuple(hold_of(row) for row in self._rows(connection, schema.hold, on, "raised_at")),
                last_applied_as_of=connection.execute(LAST_RELEASED, self._named(on)).scalar(),
                outstanding=(outstanding := self._deliveries(connection, OUTSTANDING, **self._named(on))),
                given_up=self._deliveries(connection, GIVEN_UP, recent=on - RECENT_NIGHTS, **self._named(on)),
                on_hold_elsewhere=self._on_hold_elsewhere(connection, on, outstanding),
                attempts={row.step: attempt_of(row) for row in self._rows(connection, schema.attempt, on, "step")},
                began_at=connection.execute(BEGAN, {"site": self.site}).scalar(),
            )

    def journal_head(self) -> str:
        """The hash of the last entry, of whichever site."""
        query = select(schema.journal.c.hash).order_by(schema.journal.c.id.desc()).limit(1)
        with reading(self._engine) as connection:
            return connection.execute(query).scalar() or BEGINNING

    def has_entry(self, digest: str) -> bool:
        """Is there an entry of this hash?"""
        query = select(schema.journal.c.id).where(schema.journal.c.hash == digest)
        with reading(self._engine) as connection:
            return connection.execute(query).first() is not None

    def epochs(self) -> dict[str, int]:
        """The epoch of every delivery of the site, by file name."""
        table = schema.delivery
        query = select(table.c.file_name, table.c.epoch).where(table.c.site == self.site)
        with reading(self._engine) as connection:
            return {row.file_name: row.epoch for row in connection.execute(query)}

    def published(self) -> list[str]:
        """The file names of every delivery of the site that HotWax has, or has had, oldest first."""
        table, states = schema.delivery, (*OUT, DeliveryState.REJECTED)
        query = select(table.c.file_name).where(table.c.site == self.site, table.c.state.in_(states))
        with reading(self._engine) as connection:
            return list(connection.execute(query.order_by(table.c.id)).scalars())

    def alerted(self, on: date, cause: str) -> bool:
        """Has this cause of this night been told already?"""
        table = schema.alert
        query = select(table.c.cause).where(self._night(table, on), table.c.cause == digest(cause))
        with reading(self._engine) as connection:
            return connection.execute(query).first() is not None

    def other_date_of(self, sha256: str, on: date) -> date | None:
        """Another business date that has the same bytes, if any."""
        table = schema.snapshot
        query = select(func.max(table.c.business_date)).where(
            table.c.site == self.site,
            table.c.sha256 == sha256,
            table.c.business_date != on,
            table.c.state == SnapshotState.ACCEPTED,
        )
        with reading(self._engine) as connection:
            return connection.execute(query).scalar()

    def snapshots(self) -> list[Snapshot]:
        """Every snapshot of the site, whatever became of it."""
        table = schema.snapshot
        with reading(self._engine) as connection:
            return [snapshot_of(row) for row in connection.execute(select(table).where(table.c.site == self.site))]

    def accepted(self) -> list[Snapshot]:
        """Every accepted snapshot of the site, oldest night first."""
        table = schema.snapshot
        query = select(table).where(table.c.site == self.site, table.c.state == SnapshotState.ACCEPTED)
        with reading(self._engine) as connection:
            return [snapshot_of(row) for row in connection.execute(query.order_by(table.c.business_date))]

    def accepted_before(self, on: date, count: int = 7) -> list[Snapshot]:
        """The last accepted nights before a date whose reset went out, newest first: what breakers compare with."""
        snapshot, delivery = schema.snapshot, schema.delivery
        query = (
            select(snapshot)
            .join(delivery, and_(delivery.c.site == snapshot.c.site, delivery.c.snapshot_id == snapshot.c.snapshot_id))
            .where(
                snapshot.c.site == self.site,
                snapshot.c.business_date < on,
                snapshot.c.state == SnapshotState.ACCEPTED,
                delivery.c.kind == DeliveryKind.RESET,
                delivery.c.state.in_(BEGUN),
                delivery.c.business_date == snapshot.c.business_date,
            )
            .distinct()
            .order_by(snapshot.c.business_date.desc())
            .limit(count)
        )
        with reading(self._engine) as connection:
            return [snapshot_of(row) for row in connection.execute(query)]

    def history(self, on: date) -> list[Row[Any]]:
        """The journal of one night, oldest first."""
        with reading(self._engine) as connection:
            return self._rows(connection, schema.journal, on, "id")

    def first_altered(self) -> int | None:
        """The number of the journal's first entry that is not as it was written; None: all are. Of every site."""
        table, previous = schema.journal, BEGINNING
        with reading(self._engine) as connection:
            for row in connection.execute(select(table).order_by(table.c.id)):
                written = chain_hash(previous, row.site, row.business_date, row.at, row.actor, row.what, row.detail)
                if (row.previous, row.hash) != (previous, written):
                    return row.id
                previous = row.hash
        return None

    def _night(self, table: Table, on: date) -> Any:
        return and_(table.c.site == self.site, table.c.business_date == on)

    def _rows(self, connection: Connection, table: Table, on: date, order: str) -> list[Row[Any]]:
        return list(connection.execute(rows_of_a_night(table, order), self._named(on)))

    def _deliveries(self, connection: Connection, query: Select[Any], **bound: Any) -> tuple[Delivery, ...]:
        return tuple(delivery_of(row) for row in connection.execute(query, bound))

    def _on_hold_elsewhere(
        self, connection: Connection, on: date, outstanding: tuple[Delivery, ...]
    ) -> dict[str, Hold]:
        files = {each.file_name for each in outstanding}
        if not files:
            return {}
        rows = connection.execute(ELSEWHERE_ON_HOLD, self._named(on))
        return {row.subject: hold_of(row) for row in rows if row.subject in files}

    def _named(self, on: date) -> dict[str, Any]:
        return {"site": self.site, "on": on}


def chain_hash(previous: str, site: str, business_date: date, at: datetime, actor: str, what: str, detail: str) -> str:
    """The hash of an entry of the journal, which chains it to the one before."""
    entry = [previous, site, business_date.isoformat(), at.astimezone(UTC).isoformat(), actor, what, detail]
    return hashlib.sha256(json.dumps(entry).encode()).hexdigest()


def _fields(row: Row[Any], *left_out: str) -> dict[str, Any]:
    named = row._mapping  # pyright: ignore[reportPrivateUsage] - SQLAlchemy's public way; `_` keeps off column names
    return {key: value for key, value in named.items() if key not in left_out}


def digest(cause: str) -> str:
    """An alert's cause may be a long line; its hash is the key."""
    return hashlib.sha256(cause.encode()).hexdigest()


def snapshot_of(row: Row[Any]) -> Snapshot:
    """`columns` is kept as a JSON list."""
    fields = _fields(row, "site")
    fields.update(state=SnapshotState(row.state), columns=tuple(json.loads(row.columns)))
    return Snapshot(**fields)


def made_of(row: Row[Any]) -> Materialization:
    fields = _fields(row, "site", "business_date", "detail")
    fields.update(
        tables=row.tables or {},
        deliveries=tuple(row.deliveries or ()),
        product_list=row.product_list or "",
        exact=bool(row.exact),
    )
    return Materialization(**fields)


def attempt_of(row: Row[Any]) -> Attempt:
    reason = Reason(Kind(row.kind), row.text, Remedy(row.remedy) if row.remedy else None)
    return Attempt(row.step, reason, row.first_at, row.last_at, row.times)


def hold_of(row: Row[Any]) -> Hold:
    fields = _fields(row, "site", "business_date")
    fields.update(figures=row.figures or "")
    return Hold(**fields)


def delivery_of(row: Row[Any]) -> Delivery:
    """`candidates` is kept as numbers with spaces between."""
    fields, candidates = _fields(row), tuple(int(epoch) for epoch in row.candidates.split())
    fields.update(kind=DeliveryKind(row.kind), state=DeliveryState(row.state), candidates=candidates)
    return Delivery(**fields)
