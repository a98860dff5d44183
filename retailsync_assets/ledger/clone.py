"""A copy of one site's books, to be written in without anybody noticing."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

from sqlalchemy import and_, delete, insert, select

from retailsync_assets.ledger import schema
from retailsync_assets.ledger.engine import connect, parse_url, reading, writing
from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets.ledger.migrations import connect_migrated, is_made


def clone_ledger(url: str, site: str, file: Path) -> Ledger:
    """The ledger of that URL as a new SQLite file; one that was never made is an empty copy, and stays unmade.

    SQLite is copied whole, by its own backup, so that an older schema is brought up in the copy alone. Of any other
    database the site's rows are copied, without the journal, whose chain is of all sites.
    """
    source = parse_url(url)
    if not is_made(url):
        return Ledger(f"sqlite:///{file}", site)
    if source.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(str(source.database))) as theirs, closing(sqlite3.connect(file)) as ours:
            theirs.backup(ours)
        return Ledger(f"sqlite:///{file}", site)
    ledger = Ledger(f"sqlite:///{file}", site)
    from_, into = connect_migrated(url), connect(f"sqlite:///{file}")
    with reading(from_) as theirs, writing(into) as ours:
        for table in schema.metadata.sorted_tables:
            if "site" not in table.c or table is schema.journal:
                continue
            rows = [dict(row) for row in theirs.execute(select(table).where(table.c.site == site)).mappings()]
            if rows:
                ours.execute(insert(table), rows)
    from_.dispose()
    into.dispose()
    return ledger


def forget_deliveries(file: Path, site: str, on: date) -> None:
    """In a copy: the night's deliveries were never promised, so that what they were made of may be made again."""
    table, engine = schema.delivery, connect(f"sqlite:///{file}")
    with writing(engine) as connection:
        connection.execute(delete(table).where(and_(table.c.site == site, table.c.business_date == on)))
    engine.dispose()
