"""This machine: the home folder, the ledger with its audit log and manifests, and the free disk space."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from retailsync_assets.cli.doctor.finding import Finding, attempt, fail, ok, warn
from retailsync_assets.config.home import Home
from retailsync_assets.config.loader import Site
from retailsync_assets.delivery.manifests import check_manifests
from retailsync_assets.errors import RetailSyncError, SetupError
from retailsync_assets.ledger.clone import clone_ledger
from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets.ledger.migrations import LATEST, is_made
from retailsync_assets.resources.atomic_file import write_atomic

NOT_YET = "not created yet: the first run creates it"
PLACES = ("lake", "landing", "outbox", "manifests")
RAW_BYTES = 320_000_000
"""The size that is assumed until a raw file has been downloaded."""
MANY_NIGHTS, ONE_NIGHT = 10, 2
"""In raw files; while one is downloaded beside the current one, a run needs two."""
CLEAR = "free disk space, or keep raw files for fewer days: retail_pro.landing_days"


def of_home(site: Site, home: Home) -> Iterator[Finding]:
    """The folders below RETAILSYNC_HOME and their permissions."""
    subject = "home"
    step = f"make this user the owner of {home.folder}, or set RETAILSYNC_HOME"
    for name in PLACES:
        yield attempt(
            subject, f"write to {home.folder / name / site.name}", step, partial(_written, home, name, site.name)
        )
    if home.folder.is_dir() and home.folder.stat().st_mode & 0o077:
        found = f"{home.folder.stat().st_mode & 0o777:o}: readable by other users"
        yield warn(subject, f"permissions of {home.folder}", found, f"chmod 700 {home.folder}")
    place = next(each for each in (home.folder, *home.folder.parents) if each.is_dir())
    landed = (file.stat().st_size for file in home.folder.joinpath("landing", site.name).glob("*.csv"))
    yield room(shutil.disk_usage(place).free, max(landed, default=RAW_BYTES))


def _written(home: Home, *parts: str) -> str:
    folder = home.folder.joinpath(*parts)
    if not folder.exists():
        return _can_be_created(folder)
    probe = folder / f".doctor.{os.getpid()}.probe"
    try:
        write_atomic(probe, b"")
    finally:
        with suppress(FileNotFoundError):
            probe.unlink()
    return "done"


def _can_be_created(folder: Path) -> str:
    there = next(each for each in folder.parents if each.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        raise SetupError(f"{folder} can't be created: {there} is not a writable folder")
    return NOT_YET


def of_ledger(site: Site, home: Home) -> Iterator[Finding]:
    """Opens the ledger (migrates it if needed, creates none), verifies the audit log and compares the manifests."""
    tried = f"open {home.ledger_url if 'RETAILSYNC_LEDGER' not in os.environ else 'RETAILSYNC_LEDGER'}"
    restore = "restore ledger.db and manifests/ from the same backup: see Backup and restore in the operator's guide"
    try:
        if not is_made(home.ledger_url):
            yield ok("ledger", tried, NOT_YET)
            with TemporaryDirectory(prefix="retailsync.") as folder:
                empty = clone_ledger(home.ledger_url, site.name, Path(folder, "ledger.db"))
                yield attempt("ledger", "manifests", restore, partial(_compared, home, empty))
            return
        ledger = Ledger(home.ledger_url, site.name)
    except (RetailSyncError, OSError) as refused:
        step = "fix RETAILSYNC_LEDGER, or restore ledger.db and manifests/ from the same backup"
        yield fail("ledger", tried, refused, step)
        return
    yield ok("ledger", tried, f"schema {LATEST}")
    yield attempt("ledger", "audit log (hash chain)", restore, partial(_chain, ledger, restore))
    yield attempt("ledger", "manifests", restore, partial(_compared, home, ledger))


def _chain(ledger: Ledger, step: str) -> str | Finding:
    altered = ledger.first_altered()
    if altered is None:
        return "intact"
    return fail("ledger", "audit log (hash chain)", f"entry {altered} of the table event was altered", step)


def _compared(home: Home, ledger: Ledger) -> str:
    check_manifests(home, ledger)
    return "match the ledger"


def room(left: int, raw_bytes: int) -> Finding:
    """Whether the home has room for more raw files of that size; both in bytes."""
    found = f"{left / 1e9:.1f} GB free, a raw file takes {raw_bytes / 1e6:.0f} MB"
    if left < ONE_NIGHT * raw_bytes:
        return fail("home", "disk space", found, CLEAR)
    if left < MANY_NIGHTS * raw_bytes:
        return warn("home", "disk space", found, CLEAR)
    return ok("home", "disk space", found)
