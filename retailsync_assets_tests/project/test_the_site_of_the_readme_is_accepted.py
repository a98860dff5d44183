from pathlib import Path

import pytest

from retailsync_assets.config.loader import read_sites
from retailsync_assets_tests.project.markdown import code_blocks
from retailsync_assets_tests.project.pages import README


def test_the_site_of_the_readme_is_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (example,) = [block for language, block in code_blocks(README.read_text()) if language == "toml"]
    (tmp_path / "sites.toml").write_text(example)
    (tmp_path / "keys").mkdir()
    for account in ("retailpro", "hotwax"):
        (tmp_path / "keys" / account).touch()
    monkeypatch.setenv("OMS_PASSWORD", "of the example")
    assert list(read_sites(tmp_path / "sites.toml")) == ["main"]
