"""Finds and loads sql/: one file a query, named by its path without `.sql`."""

from functools import cache
from importlib.resources import files


@cache
def query(name: str) -> str:
    """The text of `sql/<name>.sql`, e.g. `query("oms/shipped_lines")`; raises FileNotFoundError."""
    return files("retailsync_assets.sql").joinpath(f"{name}.sql").read_text(encoding="utf-8")


def names(folder: str) -> list[str]:
    """Every query of a folder of sql/, without the folder: `names("oms")`."""
    every = files("retailsync_assets.sql").joinpath(folder).iterdir()
    return sorted(file.name.removesuffix(".sql") for file in every if file.name.endswith(".sql"))
