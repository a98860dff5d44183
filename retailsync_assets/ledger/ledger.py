"""What was promised and what was done. The only writer of durable state: a change and its journal entry are one."""

import json
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, func, insert, select, update

from retailsync_assets.errors import Fenced
from retailsync_assets.ledger import schema
from retailsync_assets.ledger.attempts import Attempts
from retailsync_assets.ledger.engine import reading
from retailsync_assets.ledger.holds import Holds
from retailsync_assets.ledger.models import (
    MANIFESTS,
    Delivery,
    DeliveryState,
    Hold,
    InboxFile,
    Materialization,
    Snapshot,
)
from retailsync_assets.ledger.night_queries import BEGAN
from retailsync_assets.ledger.reader import delivery_of, digest


class Ledger(Holds, Attempts):
    """One site's books in a SQL database (any SQLAlchemy URL). Safe for several processes: transactions take turns."""

    def record_inbox(self, arrivals: list[InboxFile], on: date, now: datetime, apart: timedelta = timedelta()) -> None:
        """One poll of the inbox: a file unchanged since the last poll counts one more, a changed one starts anew.

        A poll sooner after the last one that counted than `apart` shows nothing, and does not count.
        """
        table = schema.arrival
        with self._write() as connection:
            before = {row.file_name: row for row in self._rows(connection, table, on, "file_name")}
            connection.execute(delete(table).where(self._night(table, on)))
            for each in arrivals:
                old = before.get(each.file_name)
                still = old is not None and (old.size, old.mtime) == (each.size, each.mtime)
                looks, looked = 1, now
                if still and old is not None:
                    counts = now - old.last_look >= apart
                    looks, looked = (old.looks + 1, now) if counts else (old.looks, old.last_look)
                connection.execute(
                    insert(table).values(site=self.site, last_look=looked, **asdict(replace(each, looks=looks)))
                )
                if old is None:
                    self._journal(connection, on, now, "raw file seen", file=each.file_name, size=each.size)

    def record_snapshot(self, snapshot: Snapshot, now: datetime) -> None:
        """A raw file's landing and what was judged of it; judged again, the new judgement stands."""
        table, on = schema.snapshot, snapshot.business_date
        with self._write() as connection:
            connection.execute(
                delete(table).where(
                    self._night(table, on),
                    table.c.snapshot_id == snapshot.snapshot_id,
                    table.c.file_name == snapshot.file_name,
                )
            )
            connection.execute(insert(table).values(**_snapshot_fields(self.site, snapshot)))
            detail = {"file": snapshot.file_name, "sha256": snapshot.sha256, "reason": snapshot.reason}
            self._journal(connection, on, now, f"snapshot {snapshot.state}", **detail)

    def note_deletion(self, snapshot: Snapshot, now: datetime) -> None:
        """The bytes of a raw file are about to be deleted: they are older than the site keeps them."""
        with self._write() as connection:
            detail = {"file": snapshot.file_name, "sha256": snapshot.sha256}
            self._journal(connection, snapshot.business_date, now, "raw file deleted", **detail)

    def record_materialization(self, on: date, made: Materialization, completes: str | None = None) -> None:
        """A computed asset of one date; made again, the new one stands. `completes` names the job whose last asset it
        is: that job has come through, and its attempts are over.
        """
        table = schema.made
        with self._write() as connection:
            connection.execute(delete(table).where(self._night(table, on), table.c.asset == made.asset))
            connection.execute(
                insert(table).values(site=self.site, business_date=on, **{**asdict(made), "tables": dict(made.tables)})
            )
            detail = {"rows": made.rows, "sha256": made.sha256, "snapshot": made.snapshot_id}
            self._journal(connection, on, made.made_at, f"made {made.asset}", **detail)
            if completes is not None:
                self._come_through(connection, on, (completes, MANIFESTS), made.made_at)

    def record_alert(self, on: date, cause: str, text: str, now: datetime) -> bool:
        """Enter an alert; False if this cause of this night has been told already."""
        table = schema.alert
        with self._write() as connection:
            same = and_(self._night(table, on), table.c.cause == digest(cause))
            if connection.execute(select(table.c.cause).where(same)).first() is not None:
                return False
            row = {"cause": digest(cause), "text": text, "sent_at": now}
            connection.execute(insert(table).values(site=self.site, business_date=on, **row))
            self._journal(connection, on, now, "alert", text=text)
        return True

    def first_business_date(self) -> date | None:
        """The first business date that has an entry of this site; None in a new ledger."""
        table = schema.journal
        with reading(self._engine) as connection:
            return connection.execute(select(func.min(table.c.business_date)).where(table.c.site == self.site)).scalar()

    def begin_watch(self, on: date, now: datetime) -> None:
        """The first entry of the site, if it has none yet: no business date that was over by then can be missed."""
        with self._write() as connection:
            if connection.execute(BEGAN, {"site": self.site}).scalar() is None:
                self._journal(connection, on, now, "watch began")

    def forget_materializations(self, on: date, assets: tuple[str, ...], now: datetime, why: str) -> None:
        """These assets of a date count as not made: what they were made from has changed."""
        table = schema.made
        with self._write() as connection:
            if connection.execute(delete(table).where(self._night(table, on), table.c.asset.in_(assets))).rowcount:
                self._journal(connection, on, now, "forgot", assets=list(assets), why=why)

    def register(self, deliveries: list[Delivery], now: datetime) -> tuple[Delivery, ...]:
        """Enter the files of one delivery, all or none. The same name again is the same promise; bytes are frozen."""
        table, entered = schema.delivery, list[Delivery]()
        with self._write() as connection:
            for each in deliveries:
                named = and_(table.c.site == self.site, table.c.file_name == each.file_name)
                if connection.execute(select(table.c.id).where(named)).first() is None:
                    fields = {key: value for key, value in asdict(each).items() if key != "id"}
                    connection.execute(insert(table).values(**{**fields, "candidates": ""}))
                    detail = {"file": each.file_name, "sha256": each.sha256}
                    self._journal(connection, each.business_date, now, "promised", **detail)
                entered.append(delivery_of(connection.execute(select(table).where(named)).one()))
        return tuple(entered)

    def take_over(self, delivery: Delivery, now: datetime) -> Delivery:
        """Take a delivery over: the epoch rises, and every older worker is fenced off."""
        table = schema.delivery
        with self._write() as connection:
            mine = delivery_of(connection.execute(select(table).where(table.c.id == delivery.id)).one())
            epoch = mine.epoch + 1
            joined = (*mine.candidates, epoch) if mine.state is DeliveryState.PUBLISHING else mine.candidates
            connection.execute(
                update(table).where(table.c.id == delivery.id).values(epoch=epoch, candidates=_listed(joined))
            )
            detail = {"file": mine.file_name, "epoch": epoch, "candidates": _listed(joined)}
            self._journal(connection, mine.business_date, now, f"{mine.kind} acquired", **detail)
            return replace(mine, epoch=epoch, candidates=joined)

    def update(self, delivery: Delivery, now: datetime, hold: Hold | None = None, **changes: Any) -> Delivery:
        """Change a delivery that is still mine, and raise the hold that goes with it, both or neither.

        Raises `Fenced` if another worker has acquired it since.
        """
        table = schema.delivery
        values = {key: _listed(value) if key == "candidates" else value for key, value in changes.items()}
        with self._write() as connection:
            mine = and_(table.c.id == delivery.id, table.c.epoch == delivery.epoch)
            if connection.execute(update(table).where(mine).values(**values)).rowcount != 1:
                raise Fenced(f"{delivery.file_name}: another run has taken this delivery over")
            what = f"{delivery.kind} {changes['state']}" if "state" in changes else f"{delivery.kind} noted"
            detail = {"file": delivery.file_name, "epoch": delivery.epoch, **values}
            self._journal(connection, delivery.business_date, now, what, **detail)
            if hold is not None:
                self._hold(connection, delivery.business_date, hold)
        return replace(delivery, **changes)


def _snapshot_fields(site: str, snapshot: Snapshot) -> dict[str, Any]:
    return {**asdict(snapshot), "site": site, "columns": json.dumps(snapshot.columns)}


def _listed(epochs: tuple[int, ...]) -> str:
    return " ".join(str(epoch) for epoch in epochs)
