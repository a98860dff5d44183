import os
import subprocess
import sys
from pathlib import Path

import pytest

from retailsync_assets_tests.config.sample import SAMPLE, deployment

OTHER = SAMPLE.replace("sites.demo", "sites.other").replace("hotwax/", "other/").replace('"1"', '"2"')
VALIDATE = ["-m", "dagster", "definitions", "validate", "-m", "retailsync_assets.definitions"]


def run(*arguments: str, folder: Path, sites: Path | None) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "RETAILSYNC_HOME": str(folder / "home"), "NO_COLOR": "1"}
    environment |= {"RETAILSYNC_SITES": str(sites)} if sites else {}
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, text=True, capture_output=True, check=False
    )


@pytest.fixture(params=["the demo", "two sites"])
def sites(request: pytest.FixtureRequest, tmp_path: Path) -> Path | None:
    return None if request.param == "the demo" else deployment(tmp_path, SAMPLE + OTHER)


def test_dagster_finds_them_valid(sites: Path | None, tmp_path: Path) -> None:
    checked = run(*VALIDATE, folder=tmp_path, sites=sites)
    said = checked.stdout + checked.stderr
    assert checked.returncode == 0, said
    assert "Validation successful for code location retailsync_assets.definitions" in said
    # Dagster warns of this very command, that another one supersedes it; of ours there is nothing to warn.
    assert [line for line in said.splitlines() if "Warning" in line and "superseded" not in line] == []


def test_importing_them_reads_no_configuration(tmp_path: Path) -> None:
    imported = run(
        "-W", "error", "-c", "import retailsync_assets.definitions", folder=tmp_path, sites=tmp_path / "none"
    )
    assert (imported.returncode, imported.stdout, imported.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []
