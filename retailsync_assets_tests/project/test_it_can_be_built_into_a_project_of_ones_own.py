"""Somebody else's Dagster project imports the installed wheel, adds two sites to what it has, and is valid."""

import os
import subprocess
import sys
from pathlib import Path

from retailsync_assets_tests.config.sample import SAMPLE, deployment
from retailsync_assets_tests.servers.installation import run

PROJECT = '''
from datetime import date
from pathlib import Path

import dagster as dg

from retailsync_assets import Home, LakeResource, definitions_of, read_sites

HERE = Path(__file__).parent


@dg.asset(deps=[dg.AssetKey(["demo", "applied_inventory"])])
def stock_report(stock: LakeResource) -> dg.MaterializeResult:
    """What the project makes of a night's stock."""
    with stock.get_connection() as duck:
        stock.lake.attach(duck, date(2026, 1, 16), "applied_inventory")
        return dg.MaterializeResult(metadata={"columns": duck.table("applied_inventory").columns})


@dg.definitions
def defs() -> dg.Definitions:
    nights = definitions_of(read_sites(HERE / "sites.toml"), Home(HERE / "state"))
    own = {"stock": LakeResource(home=str(HERE / "state"), site="demo")}
    return dg.Definitions.merge(dg.Definitions(assets=[stock_report], resources=own), nights)
'''
TYPED = """
from pathlib import Path

from retailsync_assets import Site, read_sites, site_definitions

sites: dict[str, Site] = read_sites(Path("sites.toml"))
reveal_type(site_definitions(sites["demo"]))
"""
OTHER = SAMPLE.replace("sites.demo", "sites.other").replace("hotwax/", "other/").replace('"1"', '"2"')


def test_its_definitions_are_valid_beside_its_own(installed: Path, tmp_path: Path) -> None:
    deployment(tmp_path, SAMPLE + OTHER)
    (tmp_path / "their_project.py").write_text(PROJECT)
    run(installed / "python", "-m", "dagster", "definitions", "validate", "-f", "their_project.py", cwd=tmp_path)
    found = run(
        installed / "python", "-c",
        "import their_project; print(*sorted(key.to_user_string() for key in"
        " their_project.defs().resolve_asset_graph().get_all_asset_keys()))",
        cwd=tmp_path,
    ).split()  # fmt: skip
    assert {"stock_report", "demo/nightly_report", "other/filtered_reset"} <= set(found)


def test_its_own_asset_reads_a_sites_lake(installed: Path, tmp_path: Path) -> None:
    deployment(tmp_path, SAMPLE + OTHER)
    (tmp_path / "their_project.py").write_text(PROJECT)
    shown = run(
        installed / "python", "-c",
        "import dagster as dg, their_project as theirs;"
        " print(theirs.defs().resolve_implicit_global_asset_job_def().execute_in_process("
        " asset_selection=[dg.AssetKey('stock_report')])"
        ".asset_materializations_for_node('stock_report')[0].metadata['columns'].value)",
        cwd=tmp_path,
    )  # fmt: skip
    assert "'drift'" in shown


def test_its_types_are_seen_from_outside(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "their_module.py").write_text(TYPED)
    checked = subprocess.run(
        ["basedpyright", "--pythonpath", installed / "python", "their_module.py"], cwd=tmp_path, text=True,
        env={**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
        capture_output=True, check=False,
    )  # fmt: skip
    assert 'Type of "site_definitions(sites["demo"])" is "Definitions"' in checked.stdout
    assert "0 errors" in checked.stdout


def test_a_name_that_it_does_not_have_is_told_as_usual(installed: Path, tmp_path: Path) -> None:
    code = "import retailsync_assets\ntry: retailsync_assets.nothing\nexcept AttributeError as error: print(error)"
    assert run(installed / "python", "-c", code, cwd=tmp_path) == (
        "module 'retailsync_assets' has no attribute 'nothing'\n"
    )
