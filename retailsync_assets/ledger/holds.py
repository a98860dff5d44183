"""Holds: why a business date waits for a person, and who approved which figures."""

from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy import Connection, and_, delete, insert, select, update

from retailsync_assets.ledger import schema
from retailsync_assets.ledger.journal import Journal
from retailsync_assets.ledger.models import LOOKS, Hold
from retailsync_assets.ledger.reader import hold_of


class Holds(Journal):
    """Raised, withdrawn and approved, each with its entry in the audit log."""

    def raise_hold(self, on: date, hold: Hold) -> None:
        """The business date is on hold for this cause, once. An approval stands for the figures that were shown: the
        same cause with other figures is on hold anew.
        """
        with self._write() as connection:
            self._hold(connection, on, hold)

    def _hold(self, connection: Connection, on: date, hold: Hold) -> None:
        table = schema.hold
        same = and_(self._night(table, on), table.c.cause == hold.cause, table.c.subject == hold.subject)
        there = connection.execute(select(table).where(same)).first()
        if there is not None and (there.figures or "") == hold.figures:
            return
        connection.execute(delete(table).where(same))
        connection.execute(insert(table).values(site=self.site, business_date=on, **asdict(hold)))
        self._journal(connection, on, hold.raised_at, "held", cause=hold.cause, reason=hold.reason)

    def withdraw_holds(self, on: date, subject: str, standing: set[str], now: datetime) -> None:
        """Take back the open holds of a subject whose causes no longer stand: nothing is left to approve."""
        table = schema.hold
        gone = and_(
            self._night(table, on),
            table.c.subject == subject,
            table.c.approved_at.is_(None),
            table.c.cause.not_in(standing),
        )
        with self._write() as connection:
            for row in connection.execute(select(table.c.cause).where(gone)).all():
                self._journal(connection, on, now, "hold withdrawn", cause=row.cause, subject=subject)
            connection.execute(delete(table).where(gone))

    def withdraw_hold(self, on: date, cause: str, subject: str, now: datetime, why: str) -> None:
        """Take back a hold that nobody has approved: its cause is no more. An approved one stays in the books."""
        table = schema.hold
        same = and_(self._night(table, on), table.c.cause == cause, table.c.subject == subject)
        with self._write() as connection:
            if connection.execute(delete(table).where(same, table.c.approved_at.is_(None))).rowcount:
                self._journal(connection, on, now, "hold withdrawn", cause=cause, subject=subject, why=why)

    def approve(self, on: date, who: str, why: str, now: datetime) -> list[Hold]:
        """Release every open hold of a night; who, when, why and the figures are kept. Answers what was released."""
        table = schema.hold
        with self._write() as connection:
            released = [
                hold for hold in map(hold_of, self._rows(connection, table, on, "raised_at")) if not hold.approved_at
            ]
            connection.execute(
                update(table)
                .where(self._night(table, on), table.c.approved_at.is_(None))
                .values(approved_at=now, approved_by=who, approval=why)
            )
            tried = schema.attempt
            connection.execute(delete(tried).where(self._night(tried, on), tried.c.step.not_in(LOOKS)))
            for hold in released:
                shown = {"cause": hold.cause, "subject": hold.subject, "reason": hold.reason, "figures": hold.figures}
                self._journal(connection, on, now, "approved", **shown, who=who, why=why)
            return released
