"""Finds and loads sql/: one file a query, named by its path without `.sql`."""

from functools import cache
from importlib.resources import files


@cache
def query(name: str) -> str:
    """The text of `sql/<name>.sql`, e.g. `query("oms/shipped_lines")`; raises FileNotFoundError."""
    return files("retailsync_assets.sql").joinpath(f"{name}.sql").read_text(encoding="utf-8")
