"""The audit log: a change of the ledger and its entry are one transaction, and each entry is chained to the last."""

import json
import os
import socket
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from retailsync_assets.ledger import schema
from retailsync_assets.ledger.engine import writing
from retailsync_assets.ledger.reader import BEGINNING, LedgerReader, chain_hash


def actor() -> str:
    """Who acts, for the journal: user, machine and process."""
    user = os.environ.get("USER") or os.environ.get("LOGNAME") or f"uid {os.getuid()}"
    return f"{user}@{socket.gethostname()} pid {os.getpid()}"


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
