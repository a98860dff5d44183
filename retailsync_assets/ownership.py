"""One run a site at a time on this machine: a lock that the system takes back when its holder dies, however it dies."""

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager

from retailsync_assets.home import Home
from retailsync_assets.outcomes import Waiting

_mine: set[str] = set()


@contextmanager
def owning(home: Home, site: str, who: str) -> Generator[None]:
    """Own a site's nights for this block; raises `Waiting` naming who does. Within one process it may be nested.

    It spares work; what keeps a delivery single even across machines is the ledger's epoch.
    """
    path = home.place("owners") / site
    if str(path) in _mine:
        yield
        return
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as owned:
            other = os.pread(descriptor, 200, 0).decode(errors="replace").strip()
            raise Waiting(f"another run owns the night of {site}: {other or 'just started'}") from owned
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, who.encode(), 0)
        _mine.add(str(path))
        try:
            yield
        finally:
            _mine.discard(str(path))
    finally:
        os.close(descriptor)
