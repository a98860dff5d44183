"""`make lineage`: writes sql/lineage.json anew, from the SQL beside it."""

import json

from retailsync_assets.resources.tables import TABLES
from retailsync_assets_tests.assets.lineage.derivation import derived
from retailsync_assets_tests.project.tree import SQL

found = {
    table: {column: [[each.system, each.table, each.column] for each in origins] for column, origins in columns.items()}
    for table, columns in ((table, derived(table)) for table in TABLES)
}
(SQL / "lineage.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
