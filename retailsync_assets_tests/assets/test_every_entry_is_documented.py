from collections.abc import Mapping

from retailsync_assets_tests.assets.conftest import Shown
from retailsync_assets_tests.project.markdown import CODE_SPAN, sections
from retailsync_assets_tests.project.pages import REFERENCE

DOCUMENTED = sections(REFERENCE.read_text())["In the Dagster UI"]


def test_every_entry_is_documented(shown: Mapping[str, Shown]) -> None:
    entries = {name for found in shown.values() for name in found if not name.startswith("dagster/")}
    assert set(DOCUMENTED.names) == entries


def test_with_the_assets_that_have_it(shown: Mapping[str, Shown]) -> None:
    """Where the assets are named, and not described."""
    named = {row[0].strip("`"): set(CODE_SPAN.findall(row[1])) for row in DOCUMENTED.rows}
    having = {entry: {asset for asset, found in shown.items() if entry in found} for entry in named}
    assert {entry: assets for entry, assets in named.items() if assets} == {
        entry: having[entry] for entry, assets in named.items() if assets
    }
