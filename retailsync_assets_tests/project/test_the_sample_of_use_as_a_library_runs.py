import runpy
from pathlib import Path

import dagster as dg
import pytest

from retailsync_assets import read_sites, site_definitions
from retailsync_assets_tests.config.sample import deployment
from retailsync_assets_tests.project.markdown import code_blocks
from retailsync_assets_tests.project.pages import README, REFERENCE


@pytest.fixture
def merged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dg.RepositoryDefinition:
    """What the reference's sample makes of the README's site, in a folder that has that and nothing else."""
    (site,) = (block for language, block in code_blocks(README.read_text()) if language == "toml")
    (sample,) = (block for language, block in code_blocks(REFERENCE.read_text()) if language == "python")
    deployment(tmp_path, site)
    (tmp_path / "their_project.py").write_text(sample)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RETAILSYNC_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("OMS_PASSWORD", "of the example")
    return runpy.run_path("their_project.py")["defs"]().get_repository_def()


def test_and_has_all_that_the_site_has_beside_the_projects_own(merged: dg.RepositoryDefinition) -> None:
    site = site_definitions(read_sites(Path("sites.toml"))["main"]).get_repository_def()
    assets = site.asset_graph.get_all_asset_keys()
    assert merged.asset_graph.get_all_asset_keys() == assets | {dg.AssetKey("till_sales")}
    assert dg.AssetKey(["main", "applied_inventory"]) in assets
    assert merged.asset_graph.asset_check_keys == site.asset_graph.asset_check_keys != set()
    assert {"main_reset_job", "main_variance_job"} <= set(merged.job_names) == set(site.job_names)
    for kind in ("schedule_defs", "sensor_defs"):
        names = {each.name for each in getattr(site, kind)}
        assert {each.name for each in getattr(merged, kind)} == names != set()
