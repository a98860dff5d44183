from pathlib import Path

import pytest

from retailsync_assets.resources.lake import Lake


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """The empty lake of the site `demo`."""
    return Lake(home=str(tmp_path / "home"), site="demo")
