"""Where state lives: RETAILSYNC_HOME, and inside it a place for each thing that outlasts a run."""

import os
from datetime import date
from pathlib import Path

from retailsync_assets.errors import SetupError


class Home:
    """The folder of one deployment's state (default `.retailsync` in the working directory).

    `lake/` Parquet by site, asset and date; `landing/` raw files under their hash; `outbox/` the bytes of every
    delivered file; `manifests/` the second witness of each delivery; `reports/` a page a night; `owners/` and
    `running/` the locks of who works; `ledger.db`; `dagster/` unless DAGSTER_HOME is set.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = (folder or Path(os.environ.get("RETAILSYNC_HOME") or ".retailsync")).absolute()

    def folder_for(self, *parts: str) -> Path:
        """A folder inside the home, created if missing, readable by this user only; raises `SetupError`."""
        return ensure_folder(self.folder.joinpath(*parts), "RETAILSYNC_HOME")

    def report(self, site: str, on: date) -> Path:
        """Where the page about a night lies, whether or not it has been written."""
        return self.folder_for("reports", site) / f"{on}.html"

    @property
    def ledger_url(self) -> str:
        """SQLAlchemy URL of the ledger: RETAILSYNC_LEDGER, else SQLite in the home."""
        return os.environ.get("RETAILSYNC_LEDGER") or f"sqlite:///{self.folder_for() / 'ledger.db'}"

    @property
    def dagster(self) -> Path:
        """Dagster's own home: DAGSTER_HOME, else inside this one."""
        named = os.environ.get("DAGSTER_HOME")
        return Path(named).absolute() if named else self.folder_for("dagster")


def ensure_folder(folder: Path, named_by: str) -> Path:
    """A folder that is there from now on; raises `SetupError` with the variable that names another."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as refused:
        why = refused.strerror or refused
        raise SetupError(
            f"{folder}: can't be made: {why}; export {named_by}=FOLDER, one that you may write"
        ) from refused
    return folder
