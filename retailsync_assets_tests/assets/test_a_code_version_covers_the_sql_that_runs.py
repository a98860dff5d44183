import ast
from pathlib import Path

import dagster as dg
import pytest

from retailsync_assets.orchestration.site_definitions import ASSETS, site_definitions
from retailsync_assets.resources.sql import exists, query, version
from retailsync_assets_tests.config.sample import a_site
from retailsync_assets_tests.project.tree import PACKAGE

BEHIND = {
    "active_products": ("resources/product_store",),
    "filtered_reset": ("raw_file/parser", "raw_file/quarantine", "raw_file/breakers"),
    "partial_shipment_variance": ("variance/deduction", "variance/shipped_lines"),
    "applied_reset": ("delivery/import_log",),
    "nightly_report": ("reporting/figures",),
}
"""Where a query that an asset's rows depend on is run for it by other modules."""

MODULES = {module.__name__.rpartition(".")[2]: module for module in ASSETS}
WITH_SQL = [name for name, module in MODULES.items() if hasattr(module, "QUERIES")]


def run_in(file: Path) -> set[str]:
    """The queries that a module runs: by `run_query`, `write_query`, `query`, and by `oms.rows`, which asks HotWax."""
    found: set[str] = set()
    for call in ast.walk(ast.parse(file.read_text())):
        texts = [each.value for each in call.args if isinstance(each, ast.Constant) and isinstance(each.value, str)
                 ] if isinstance(call, ast.Call) else []  # fmt: skip
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("query", "make"):
            found |= set(texts)
        elif isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
            on = ast.unparse(call.func.value)
            if call.func.attr in ("run_query", "write_query"):
                found |= {text for text in texts if exists(text)}
            elif call.func.attr == "rows" and on.rpartition(".")[2] == "oms":
                found |= {f"oms/{text}" for text in texts}
    return found


@pytest.mark.parametrize("asset", MODULES)
def test_every_query_of_the_asset_and_no_other(asset: str) -> None:
    modules = [f"assets/{asset}", *BEHIND.get(asset, ())]
    run = {name for module in modules for name in run_in(PACKAGE / f"{module}.py")}
    assert set(getattr(MODULES[asset], "QUERIES", ())) == run


@pytest.mark.parametrize("asset", MODULES)
def test_every_asset_has_one(asset: str) -> None:
    specs = site_definitions(a_site()).resolve_all_asset_specs()
    spec = next(each for each in specs if each.key == dg.AssetKey(["demo", asset]))
    assert spec.code_version
    if asset in WITH_SQL:
        assert spec.code_version == version(*MODULES[asset].QUERIES)


def test_it_changes_with_the_text_of_any_of_its_queries(monkeypatch: pytest.MonkeyPatch) -> None:
    names = MODULES["filtered_reset"].QUERIES
    before = version(*names)
    for changed in names:
        with monkeypatch.context() as patch:
            patch.setattr(
                "retailsync_assets.resources.sql.query", lambda name, one=changed: query(name) + " " * (name == one)
            )
            assert version(*names) != before
