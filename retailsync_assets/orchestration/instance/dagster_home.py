"""Dagster's home: one instance for the UI, the daemon and the command line."""

import hashlib
import os
from collections.abc import Generator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import dagster as dg
from filelock import FileLock

from retailsync_assets.config.home import Home, ensure_folder
from retailsync_assets.resources.atomic_file import write_atomic
from retailsync_assets.resources.site import SiteResources

SETTINGS = "dagster.yaml"


def prepare(home: Home) -> Path:
    """Dagster's folder, its settings and databases in place; sets DAGSTER_HOME for children."""
    folder = ensure_folder(home.dagster, "DAGSTER_HOME" if "DAGSTER_HOME" in os.environ else "RETAILSYNC_HOME")
    _place(folder / SETTINGS, folder / ".dagster.yaml.shipped")
    os.environ["DAGSTER_HOME"] = str(folder)
    _make_databases(folder)
    return folder


def is_prepared(home: Home) -> bool:
    """Has Dagster's folder been made? Looking makes nothing."""
    return (home.dagster / SETTINGS).exists()


def _make_databases(folder: Path) -> None:
    """Dagster makes its tables when a home is first opened, and two that do so at once leave it with two versions."""
    made = folder / ".databases.made"
    if made.exists():
        return
    with FileLock(folder / ".databases.lock"):
        if not made.exists():
            with dg.DagsterInstance.from_config(str(folder)):
                made.touch()


def _place(settings: Path, shipped_as: Path) -> None:
    """Our settings, and those of a newer release over those of an older one; never over what somebody has edited."""
    ours = files("retailsync_assets.orchestration.instance").joinpath(SETTINGS).read_bytes()
    placed = shipped_as.read_text(encoding="ascii") if shipped_as.is_file() else None
    if settings.exists() and hashlib.sha256(settings.read_bytes()).hexdigest() != placed:
        return
    digest = hashlib.sha256(ours).hexdigest()
    if digest != placed or not settings.exists():
        write_atomic(settings, ours)
        write_atomic(shipped_as, digest.encode())


@contextmanager
def instance(resources: SiteResources) -> Generator[dg.DagsterInstance]:
    """The Dagster instance that the Dagster UI shows, too."""
    with dg.DagsterInstance.from_config(str(prepare(resources.home))) as found:
        yield found
