"""The audit log: a change of the ledger and its entry are one transaction, and each entry is chained to the last."""

import getpass
import json
import os
import socket
from collections.abc import Generator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from retailsync_assets.errors import NotPossible
from retailsync_assets.ledger import schema
from retailsync_assets.ledger.engine import writing
from retailsync_assets.ledger.reader import BEGINNING, LedgerReader, chain_hash

LONGEST_NAME = 120


def actor() -> str:
    """Who acts, for the journal: user, machine and process."""
    return f"{user_name() or f'uid {os.getuid()}'}@{socket.gethostname()} pid {os.getpid()}"


def user_name() -> str | None:
    """The person at work: whom sudo acts for, else the user; None for a user id that has no name here."""
    with suppress(OSError, KeyError):
        return os.environ.get("SUDO_USER") or getpass.getuser()
    return None


def approver(named: str | None) -> str:
    """Who approves: the name that was given, else the user's; raises `NotPossible` where there is neither."""
    name = (named or "").strip() or user_name()
    if name is None:
        raise NotPossible(f"user id {os.getuid()} has no name here: say who approves")
    if len(name) > LONGEST_NAME:
        raise NotPossible(f"the name of who approves has {len(name)} characters, the limit is {LONGEST_NAME}")
    return name


class Journal(LedgerReader):
    """The reading half, and what every change goes through."""

    @contextmanager
    def _write(self) -> Generator[Connection]:
        with writing(self._engine) as connection:
            yield connection

    def _journal(self, connection: Connection, on: date, now: datetime, what: str, **detail: Any) -> None:
        events = schema.journal
        last = connection.execute(select(events.c.hash).order_by(events.c.id.desc()).limit(1)).scalar() or BEGINNING
        text = json.dumps(detail, sort_keys=True, default=str)
        entry: dict[str, Any] = {
            "site": self.site,
            "business_date": on,
            "at": now,
            "actor": actor(),
            "what": what,
            "detail": text,
        }
        connection.execute(insert(events).values(**entry, previous=last, hash=chain_hash(last, **entry)))
