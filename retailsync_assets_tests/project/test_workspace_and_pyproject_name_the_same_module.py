import tomllib

import yaml

from retailsync_assets_tests.project.tree import PACKAGE, ROOT


def test_workspace_and_pyproject_name_the_same_module() -> None:
    """`[tool.dagster]` overrides workspace.yaml without a word, so a difference would go unseen."""
    dagster = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["dagster"]
    expected = {
        "load_from": [
            {"python_module": {"module_name": dagster["module_name"], "location_name": dagster["code_location_name"]}}
        ]
    }
    for workspace in (ROOT / "workspace.yaml", PACKAGE / "orchestration/instance/workspace.yaml"):
        assert yaml.safe_load(workspace.read_text()) == expected
