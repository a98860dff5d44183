"""RETAILSYNC_HOME: the folder of all state, and its subfolders."""

import os
from datetime import date
from pathlib import Path

from retailsync_assets.errors import NotPossible, Remedy


class Home:
    """The folder of one deployment's state: RETAILSYNC_HOME, else `.retailsync` beside sites.toml, else in the working
    directory, which is where the sandbox keeps it.

    `lake/` Parquet by site, asset and date; `landing/` raw files under their hash; `outbox/` the bytes of every
    delivered file; `manifests/` a second record of each delivery; `reports/` the nightly reports; `owners/` and
    `running/` locks; `ledger.db`; `dagster/` unless DAGSTER_HOME is set.
    """

    def __init__(self, folder: Path | None = None, ledger_url: str | None = None) -> None:
        self.folder = (folder or _configured()).absolute()
        self._ledger_url = ledger_url

    def folder_for(self, *parts: str) -> Path:
        """A folder inside the home, created if missing, readable by this user only; raises `NotPossible`."""
        return ensure_folder(self.folder.joinpath(*parts), "RETAILSYNC_HOME")

    def report(self, site: str, on: date) -> Path:
        """The file of the nightly report, whether or not it has been written."""
        return self.folder_for("reports", site) / f"{on}.html"

    @property
    def ledger_url(self) -> str:
        """SQLAlchemy URL of the ledger: RETAILSYNC_LEDGER, else SQLite in the home."""
        return self._ledger_url or os.environ.get("RETAILSYNC_LEDGER") or f"sqlite:///{self.folder / 'ledger.db'}"

    @property
    def dagster(self) -> Path:
        """Dagster's own home: DAGSTER_HOME, else inside this one; whether or not it has been made."""
        named = os.environ.get("DAGSTER_HOME")
        return Path(named).absolute() if named else self.folder / "dagster"


def _configured() -> Path:
    named, sites = os.environ.get("RETAILSYNC_HOME"), os.environ.get("RETAILSYNC_SITES")
    return Path(named) if named else Path(sites or "").parent / ".retailsync"


def ensure_folder(folder: Path, named_by: str) -> Path:
    """A folder that is there from now on; raises `NotPossible` with the variable that names another."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as refused:
        why = refused.strerror or refused
        line = f"{folder}: can't be created: {why}; set {named_by} to a writable folder"
        raise NotPossible(line, Remedy.FIX_THEN_RUN) from refused
    return folder
