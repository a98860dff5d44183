"""Attempts: how the last tries at each step of a business date ended, and since when."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Connection, and_, delete, insert

from retailsync_assets.errors import Kind, Reason
from retailsync_assets.ledger import schema
from retailsync_assets.ledger.journal import Journal
from retailsync_assets.ledger.models import LOOKS, Attempt
from retailsync_assets.ledger.reader import attempt_of

WAITS = "waits"


class Attempts(Journal):
    """Entered when a step does not get through, and taken back when it does."""

    def record_attempt(self, on: date, step: str, reason: Reason, now: datetime) -> Attempt:
        """One more attempt at a step that did not get through; answers how many it has been in a row, and since when.

        A step that waits is no failure: it is entered once for each reason, and begins a row of its own.
        """
        waits = reason.kind is Kind.WAITING
        if waits and (standing := self.night_state(on).attempts.get(step)) and standing.reason == reason:
            return standing
        with self._write() as connection:
            before = self._attempts(connection, on).get(step)
            goes_on = before is not None and not waits and before.reason.kind is not Kind.WAITING
            first, times = (before.first_at, before.times + 1) if before and goes_on else (now, 1)
            attempt = Attempt(step, reason, first, now, times)
            self._forget(connection, on, [step])
            connection.execute(insert(schema.attempt).values(site=self.site, business_date=on, **_fields(attempt)))
            if step not in LOOKS or before is None or before.reason != reason:
                what = WAITS if waits else f"failed {step}"
                self._journal(connection, on, now, what, times=times, reason=str(reason))
        return attempt

    def end_attempts(self, on: date, step: str, now: datetime) -> None:
        """The step got through."""
        with self._write() as connection:
            self._come_through(connection, on, [step], now)

    def _come_through(self, connection: Connection, on: date, steps: Iterable[str], now: datetime) -> None:
        there = self._attempts(connection, on)
        over = [there[step] for step in steps if step in there]
        self._forget(connection, on, [each.step for each in over])
        for each in over:
            if each.reason.kind is not Kind.WAITING:
                self._journal(connection, on, now, f"came through {each.step}")

    def _attempts(self, connection: Connection, on: date) -> dict[str, Attempt]:
        return {row.step: attempt_of(row) for row in self._rows(connection, schema.attempt, on, "step")}

    def _forget(self, connection: Connection, on: date, steps: Iterable[str]) -> None:
        table = schema.attempt
        connection.execute(delete(table).where(and_(self._night(table, on), table.c.step.in_(list(steps)))))


def _fields(attempt: Attempt) -> dict[str, object]:
    reason = attempt.reason
    return {
        "step": attempt.step,
        "kind": reason.kind,
        "text": reason.text,
        "remedy": reason.remedy,
        "first_at": attempt.first_at,
        "last_at": attempt.last_at,
        "times": attempt.times,
    }
