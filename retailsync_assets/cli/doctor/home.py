"""This machine, tried: where state lives, the ledger with its chain and witnesses, room for more nights."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from functools import partial

from retailsync_assets.cli.doctor.finding import Finding, attempt, fail, ok, warn
from retailsync_assets.config.home import Home
from retailsync_assets.config.loader import Site
from retailsync_assets.delivery.manifests import check_manifests
from retailsync_assets.errors import RetailSyncError
from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets.ledger.migrations import LATEST
from retailsync_assets.resources.atomic_file import write_atomic

PLACES = ("lake", "landing", "outbox", "manifests")
RAW_BYTES = 320_000_000
"""Of a raw file, as long as none has come."""
MANY_NIGHTS, ONE_NIGHT = 10, 2
"""In raw files: one that comes beside the one that is read takes two."""
CLEAR = "clear the disk, or keep raw files for fewer days: retail_pro.landing_days"


def of_home(site: Site, home: Home) -> Iterator[Finding]:
    """The folders below RETAILSYNC_HOME, and who may look into them."""
    subject = "home"
    mend = f"give {home.folder} to this user, or set RETAILSYNC_HOME"
    for name in PLACES:
        yield attempt(
            subject, f"write in {home.folder / name / site.name}", mend, partial(_written, home, name, site.name)
        )
    if home.folder.is_dir() and home.folder.stat().st_mode & 0o077:
        found = f"mode {home.folder.stat().st_mode & 0o777:o}: others of this machine may look in"
        yield warn(subject, f"who may look into {home.folder}", found, f"chmod 700 {home.folder}")
    landed = (file.stat().st_size for file in home.folder.joinpath("landing", site.name).glob("*.csv"))
    if home.folder.is_dir():
        yield room(shutil.disk_usage(home.folder).free, max(landed, default=RAW_BYTES))


def _written(home: Home, *parts: str) -> str:
    probe = home.folder_for(*parts) / f".doctor.{os.getpid()}.probe"
    try:
        write_atomic(probe, b"")
    finally:
        with suppress(FileNotFoundError):
            probe.unlink()
    return "done"


def of_ledger(site: Site, home: Home) -> Iterator[Finding]:
    """Opened (and made, or brought up, if need be), its journal proved link by link, its manifests compared."""
    tried = f"open {home.ledger_url if 'RETAILSYNC_LEDGER' not in os.environ else 'RETAILSYNC_LEDGER'}"
    try:
        ledger = Ledger(home.ledger_url, site.name)
    except (RetailSyncError, OSError) as refused:
        mend = "mend RETAILSYNC_LEDGER, or restore ledger.db and manifests/ from one backup"
        yield fail("ledger", tried, refused, mend)
        return
    yield ok("ledger", tried, f"schema {LATEST}")
    restore = "restore ledger.db and manifests/ from one backup: operator's guide, backup and restore"
    yield attempt("ledger", "the journal's chain", restore, partial(_chain, ledger, restore))
    yield attempt("ledger", "manifests beside it", restore, partial(_witnessed, home, ledger))


def _chain(ledger: Ledger, mend: str) -> str | Finding:
    altered = ledger.first_altered()
    if altered is None:
        return "unbroken"
    return fail("ledger", "the journal's chain", f"entry {altered} of the table event is not as it was written", mend)


def _witnessed(home: Home, ledger: Ledger) -> str:
    check_manifests(home, ledger)
    return "the ledger knows them all"


def room(left: int, raw_bytes: int) -> Finding:
    """Is there room for more raw files of that size where state lives? In bytes."""
    found = f"{left / 1e9:.1f} GB left, a raw file is {raw_bytes / 1e6:.0f} MB"
    if left < ONE_NIGHT * raw_bytes:
        return fail("room", "room for raw files", found, CLEAR)
    if left < MANY_NIGHTS * raw_bytes:
        return warn("room", "room for raw files", found, CLEAR)
    return ok("room", "room for raw files", found)
