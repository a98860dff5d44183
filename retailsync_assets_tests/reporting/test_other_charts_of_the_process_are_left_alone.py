"""pygal finds maps by a plug-in; whoever draws them in a process that has our definitions goes on drawing them."""

import subprocess
import sys
from pathlib import Path

import pytest

FINDER = "any(type(each).__name__ == 'PluginImportFixer' for each in sys.meta_path)"


def left_of_the_finder(*folders: Path) -> str:
    """Whether it stays behind, in a new process that has these folders on its path and takes warnings as errors."""
    path = [str(folder) for folder in folders]
    asked = f"import sys; sys.path += {path}; import retailsync_assets.reporting.bar_chart; print({FINDER})"
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", asked], check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.fixture
def a_map(tmp_path: Path) -> Path:
    """A folder of packages, with one that registers a map."""
    (tmp_path / "moon.py").write_text("")
    described = tmp_path / "moon-1.0.dist-info"
    described.mkdir()
    (described / "METADATA").write_text("Metadata-Version: 2.1\nName: moon\nVersion: 1.0\n")
    (described / "entry_points.txt").write_text("[pygal.maps]\nmoon = moon\n")
    return tmp_path


def test_where_there_are_maps_their_finder_stays(a_map: Path) -> None:
    assert left_of_the_finder(a_map) == "True"


def test_where_there_are_none_nothing_is_left_behind() -> None:
    assert left_of_the_finder() == "False"
