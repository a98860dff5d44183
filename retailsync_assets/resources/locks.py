"""Locks: one run at a time for each site, and a sign of life for each run; the system frees them if a process dies."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from threading import local

from filelock import lock_descriptor

from retailsync_assets.config.home import Home
from retailsync_assets.errors import Waiting


class _Owned(local):
    """What this thread owns: another one of the process is turned away as another process is."""

    def __init__(self) -> None:
        self.paths = set[str]()


_owned = _Owned()


@contextmanager
def site_lock(home: Home, site: str, who: str) -> Generator[None]:
    """Own a site's runs for this block; raises `Waiting` naming who does. Within one thread it may be nested.

    It spares work; what keeps a delivery single even across machines is the ledger's epoch.
    """
    path = home.folder_for("owners") / site
    if str(path) in _owned.paths:
        yield
        return
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not lock_descriptor(descriptor, blocking=False):
            other = os.pread(descriptor, 200, 0).decode(errors="replace").strip()
            raise Waiting(f"another run of {site} is in progress: {other or 'just started'}")
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, who.encode(), 0)
        _owned.paths.add(str(path))
        try:
            yield
        finally:
            _owned.paths.discard(str(path))
    finally:
        os.close(descriptor)


@contextmanager
def run_lock(home: Home, run_id: str) -> Generator[None]:
    """A sign of life of a Dagster run for this block. It is there only locked, save after the death of its holder."""
    sign = home.folder_for("running") / run_id
    unlocked = sign.with_name(f".{run_id}")
    descriptor = os.open(unlocked, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        lock_descriptor(descriptor)
        unlocked.rename(sign)
        try:
            yield
        finally:
            sign.unlink(missing_ok=True)
    finally:
        os.close(descriptor)


def is_dead(home: Home, run_id: str) -> bool:
    """Was this run's process killed? False, too, for a run that never came so far as to give a sign of life here."""
    sign = home.folder_for("running") / run_id
    try:
        descriptor = os.open(sign, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        # A sign that is gone by now belonged to a run that has just come to its end.
        return lock_descriptor(descriptor, blocking=False) and sign.exists()
    finally:
        os.close(descriptor)


def clear(home: Home, run_id: str) -> None:
    """Take away what a run that died has left."""
    (home.folder_for("running") / run_id).unlink(missing_ok=True)
