"""What the ledger's database fails with, in one line for an operator."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, OperationalError

from retailsync_assets.outcomes import Broken, Unreachable


def address(url: str) -> URL:
    """The ledger's address, read; raises `Broken` for one that SQLAlchemy can make nothing of, without repeating it."""
    try:
        found = make_url(url)
        found.get_dialect()
    except (ArgumentError, ModuleNotFoundError) as unusable:
        raise Broken(
            "RETAILSYNC_LEDGER: no database's address; expected one such as"
            " mysql+pymysql://USER:PASSWORD@HOST/DATABASE, or unset RETAILSYNC_LEDGER"
        ) from unusable
    return found


@contextmanager
def in_words(engine: Engine) -> Generator[None]:
    """Raises `Unreachable` if the database is busy or away, `Broken` if something is wrong with it."""
    try:
        yield
    except IntegrityError:
        raise
    except (DBAPIError, sqlite3.Error) as failed:
        cause = failed.orig if isinstance(failed, DBAPIError) else failed
        away = engine.dialect.name != "sqlite" and isinstance(failed, OperationalError)
        kind = Unreachable if away or "locked" in str(cause) else Broken
        raise kind(f"the ledger {engine.url!r}: {' '.join(str(cause).split())}") from failed
