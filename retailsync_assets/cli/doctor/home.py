"""This machine: the folders of RETAILSYNC_HOME, their permissions, and the free disk space."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from errno import EACCES, ENOTDIR
from functools import partial
from pathlib import Path

from rich.filesize import decimal

from retailsync_assets.cli.doctor.finding import Finding, attempt, fail, ok, warn
from retailsync_assets.config.home import Home
from retailsync_assets.config.loader import Site
from retailsync_assets.resources.atomic_file import write_atomic

SITE_FOLDERS, SHARED_FOLDERS = ("lake", "landing", "outbox", "manifests", "reports"), ("owners", "running")
RAW_BYTES = 320_000_000
"""The size that is assumed until a raw file has been downloaded."""
MANY_NIGHTS, ONE_NIGHT = 10, 2
"""In raw files; while one is downloaded beside the current one, a run needs two."""
CLEAR = "free disk space, or keep raw files for fewer days: retail_pro.landing_days"


def of_home(site: Site, home: Home) -> Iterator[Finding]:
    """The folders below RETAILSYNC_HOME and their permissions; none is created."""
    step = f"make this user the owner of {home.folder}, or set RETAILSYNC_HOME"
    for folder in (
        *(home.folder / name / site.name for name in SITE_FOLDERS),
        *(home.folder / name for name in SHARED_FOLDERS),
    ):
        yield attempt("home", f"write to {folder}", step, partial(_written, folder))
    if home.folder.is_dir() and home.folder.stat().st_mode & 0o077:
        found = f"{home.folder.stat().st_mode & 0o777:o}: readable by other users"
        yield warn("home", f"permissions of {home.folder}", found, f"chmod 700 {home.folder}")
    landed = (file.stat().st_size for file in home.folder.joinpath("landing", site.name).glob("*.csv"))
    yield room(shutil.disk_usage(_existing(home.folder)).free, max(landed, default=RAW_BYTES))


def _written(folder: Path) -> str:
    there = _existing(folder)
    if not there.is_dir():
        raise NotADirectoryError(ENOTDIR, os.strerror(ENOTDIR), str(there))
    if there != folder:
        if not os.access(there, os.W_OK | os.X_OK):
            raise PermissionError(EACCES, os.strerror(EACCES), str(there))
        return "does not exist yet: the first run creates it"
    probe = folder / f".doctor.{os.getpid()}.probe"
    try:
        write_atomic(probe, b"")
    finally:
        with suppress(FileNotFoundError):
            probe.unlink()
    return "done"


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that exists."""
    return next(each for each in (folder, *folder.parents) if each.exists())


def room(left: int, raw_bytes: int) -> Finding:
    """Whether the home has room for more raw files of that size; both in bytes."""
    found = f"{decimal(left)} free, a raw file takes {decimal(raw_bytes)}"
    if left < ONE_NIGHT * raw_bytes:
        return fail("home", "disk space", found, CLEAR)
    if left < MANY_NIGHTS * raw_bytes:
        return warn("home", "disk space", found, CLEAR)
    return ok("home", "disk space", found)
