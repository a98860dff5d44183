"""Which sites this deployment has, those of RETAILSYNC_SITES or the packaged demo's, and the state to look at."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from retailsync_assets.config.home import Home
from retailsync_assets.config.loader import ConfigError, Site, read_sites
from retailsync_assets.config.nearest import did_you_mean
from retailsync_assets.errors import Unreachable
from retailsync_assets.ledger.migrations import is_made
from retailsync_assets.sandbox.setup import create

DEMO = "demo"
NOTHING_CONFIGURED = (
    "no sites are configured: pass --config FILE, or set RETAILSYNC_SITES to your sites.toml;"
    " to try the sandbox: retailsync demo"
)
OVERVIEW = "retailsync status"
FEW_LINES = 2500
"""Rows in the raw file of a sandbox that is gone after one command."""


def sites_file() -> Path | None:
    """The sites.toml that RETAILSYNC_SITES names, if it does."""
    named = os.environ.get("RETAILSYNC_SITES")
    return Path(named) if named else None


def sandbox_folder(home: Home) -> Path | None:
    """Where the sandbox of the packaged demo lives, or None when RETAILSYNC_SITES names real sites."""
    return None if sites_file() else home.folder / "sandbox"


def deployed_sites(home: Home) -> dict[str, Site]:
    """Every site by name, as Dagster loads them: without RETAILSYNC_SITES the packaged demo's, created when first used.

    Raises `ConfigError`.
    """
    return read_sites(sites_file() or create(home.folder_for("sandbox")))


def configured_sites() -> dict[str, Site]:
    """Every site of RETAILSYNC_SITES by name; raises `ConfigError`, also where it is not set."""
    file = sites_file()
    if file is None:
        raise ConfigError(NOTHING_CONFIGURED)
    return read_sites(file)


def site_named(home: Home, name: str | None) -> Site:
    """One site by name, the only one without a name; raises `ConfigError` that lists the configured sites.

    The packaged demo has to be asked for by its name.
    """
    if sites_file() is None and name not in (None, DEMO):
        raise ConfigError(f"Unknown site {name!r}: {NOTHING_CONFIGURED}")
    known = deployed_sites(home) if name == DEMO and sites_file() is None else configured_sites()
    if name is None and len(known) == 1:
        return next(iter(known.values()))
    if name not in known:
        what = "SITE is missing." if name is None else f"Unknown site {name!r}{did_you_mean(name, known) or '.'}"
        raise ConfigError(f"{what} Configured sites: {', '.join(known)}. Next: {OVERVIEW}", OVERVIEW)
    return known[name]


@contextmanager
def state_to_look_at(home: Home) -> Generator[Home]:
    """The state of this deployment, for a command that creates nothing.

    Where nothing has run yet it is an empty one, which is gone after the block; so is a sandbox that nobody created.
    A ledger that can't be reached counts as made: whoever asks it says so, of a site that is known by then.
    """
    try:
        ledger_url = home.ledger_url if is_made(home.ledger_url) else None
    except Unreachable:
        ledger_url = home.ledger_url
    if ledger_url and home.folder.is_dir():
        yield home
        return
    with TemporaryDirectory(prefix="retailsync.") as folder:
        empty = Home(Path(folder), ledger_url or f"sqlite:///{folder}/ledger.db")
        if sites_file() is None:
            _lend_sandbox(home, empty)
        yield empty


def _lend_sandbox(home: Home, empty: Home) -> None:
    theirs, ours = home.folder / "sandbox", empty.folder / "sandbox"
    if theirs.is_dir():
        ours.symlink_to(theirs)
    else:
        create(ours, lines=FEW_LINES)


def complete_site_names(home: Home) -> list[str]:
    """The names that a shell may complete to; none where sites.toml can't be read; no sandbox is created for it."""
    try:
        return list(read_sites(sites_file() or home.folder / "sandbox" / "sites.toml"))
    except ConfigError:
        return []
