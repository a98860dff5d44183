"""Dagster's home: one instance for the web page, the daemon and the command line."""

import os
from importlib.resources import files
from pathlib import Path

from retailsync_assets.home import Home


def prepared(home: Home) -> Path:
    """Dagster's folder, its settings in place (telemetry off, one live run a site); sets DAGSTER_HOME for children."""
    folder = home.dagster
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    settings = folder / "dagster.yaml"
    if not settings.exists():
        settings.write_text(
            files("retailsync_assets").joinpath("dagster.yaml").read_text(encoding="utf-8"), encoding="utf-8"
        )
    os.environ["DAGSTER_HOME"] = str(folder)
    return folder
