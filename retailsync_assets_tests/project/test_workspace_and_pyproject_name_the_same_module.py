import tomllib

import yaml

from retailsync_assets_tests.project.tree import ROOT


def test_workspace_and_pyproject_name_the_same_module() -> None:
    """`[tool.dagster]` overrides workspace.yaml without a word, so a difference would go unseen."""
    dagster = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["dagster"]
    workspace = yaml.safe_load((ROOT / "workspace.yaml").read_text())
    assert workspace == {
        "load_from": [
            {"python_module": {"module_name": dagster["module_name"], "location_name": dagster["code_location_name"]}}
        ]
    }
