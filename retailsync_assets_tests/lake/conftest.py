from pathlib import Path

import pytest

from retailsync_assets.home import Home
from retailsync_assets.resources.lake import Lake


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """The empty lake of the site `demo`."""
    return Lake(Home(tmp_path / "home"), "demo")
