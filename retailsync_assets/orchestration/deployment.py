"""Which sites this deployment has: those of RETAILSYNC_SITES, else the packaged demo's, created at its first use."""

import os
from pathlib import Path

from retailsync_assets.config.home import Home
from retailsync_assets.config.loader import ConfigError, Site, read_sites
from retailsync_assets.sandbox.setup import create


def sandbox_folder(home: Home) -> Path | None:
    """Where the sandbox of the packaged demo lives, or None when RETAILSYNC_SITES names real sites."""
    return None if os.environ.get("RETAILSYNC_SITES") else home.folder_for("sandbox")


def sites_file(home: Home) -> Path:
    """The configuration file of this deployment."""
    folder = sandbox_folder(home)
    return Path(os.environ["RETAILSYNC_SITES"]).absolute() if folder is None else folder / "sites.toml"


def deployed_sites(home: Home) -> dict[str, Site]:
    """Every site by name; raises `ConfigError` with one line."""
    folder = sandbox_folder(home)
    return read_sites(Path(os.environ["RETAILSYNC_SITES"]) if folder is None else create(folder))


def site_named(home: Home, name: str) -> Site:
    """One site by name; raises `ConfigError` that lists the configured sites."""
    known = deployed_sites(home)
    if name not in known:
        raise ConfigError(f"Unknown site {name!r}. Configured sites: {', '.join(known)}. Next: retailsync status")
    return known[name]


def complete_site_names(home: Home) -> list[str]:
    """The names that a shell may complete to; none where sites.toml can't be read; no sandbox is created for it."""
    named = os.environ.get("RETAILSYNC_SITES")
    try:
        return list(read_sites(Path(named) if named else home.folder / "sandbox" / "sites.toml"))
    except ConfigError:
        return []
