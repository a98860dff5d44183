"""Where each column comes from: back to HotWax's tables and Retail Pro's files.

Read out of the SQL by `make lineage` and kept beside it, as a night has no second for that; a test holds both together.
"""

import json
from dataclasses import dataclass
from functools import cache

from retailsync_assets.resources.sql import kept_lineage
from retailsync_assets.resources.tables import asset_of


@dataclass(frozen=True, order=True)
class Origin:
    """A column that values come from. `system` is `lake`, `HotWax`, or `file` for what HotWax says of failed rows."""

    system: str
    table: str
    column: str


@cache
def _kept() -> dict[str, dict[str, tuple[Origin, ...]]]:
    return {
        table: {column: tuple(Origin(*each) for each in found) for column, found in columns.items()}
        for table, columns in json.loads(kept_lineage()).items()
    }


def origins(table: str) -> dict[str, tuple[Origin, ...]]:
    """Column → what its values are made of, one step back; a column without any is a constant, a count, or a file's."""
    return _kept()[table]


def upstream(asset: str, table: str, column: str) -> tuple[Origin, ...]:
    """What a column is made of in other assets: through the tables that its own asset writes, to those of others."""
    found = set[Origin]()
    for origin in origins(table).get(column, ()):
        if origin.system == "lake" and asset_of(origin.table) == asset:
            found.update(upstream(asset, origin.table, origin.column) if origin.table != table else ())
        elif origin.system == "lake":
            found.add(origin)
    return tuple(sorted(found))
