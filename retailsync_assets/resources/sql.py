"""Finds and loads sql/: one file a query, named by its path without `.sql`."""

import hashlib
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


def exists(name: str) -> bool:
    """Is there a `sql/<name>.sql`?"""
    return files("retailsync_assets.sql").joinpath(f"{name}.sql").is_file()


def kept_lineage() -> str:
    """The text of `sql/lineage.json`: table → column → the columns it is made of."""
    return files("retailsync_assets.sql").joinpath("lineage.json").read_text(encoding="utf-8")


def version(*names: str) -> str:
    """The code version of what runs these queries: it changes when one of their texts does."""
    digest = hashlib.sha256()
    for name in sorted(names):
        digest.update(f"{name}\n{query(name)}\n".encode())
    return digest.hexdigest()[:12]
