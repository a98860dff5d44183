import pytest

from retailsync_assets.assets.lineage import origins
from retailsync_assets.resources.tables import TABLES
from retailsync_assets_tests.assets.lineage.derivation import derived


@pytest.mark.parametrize("table", TABLES)
def test_of_every_column(table: str) -> None:
    assert origins(table) == derived(table), "the SQL has changed: make lineage"
