from pathlib import Path

import pytest

from retailsync_assets.config.loader import read_sites
from retailsync_assets_tests.config.sample import changed, deployment


def test_keys_lie_beside_the_file_whatever_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = deployment(tmp_path)
    monkeypatch.chdir("/")
    assert read_sites(file)["demo"].retail_pro.sftp.private_key == str(tmp_path / "keys/retailpro")


@pytest.mark.parametrize(
    "url, read_as",
    [
        ("sqlite:///oms.db", "sqlite:///{folder}/oms.db"),
        ("sqlite:///data/oms.db", "sqlite:///{folder}/data/oms.db"),
        ("sqlite+pysqlite:///oms.db", "sqlite+pysqlite:///{folder}/oms.db"),
        ("sqlite:////srv/oms.db", "sqlite:////srv/oms.db"),
        ("sqlite:///:memory:", "sqlite:///:memory:"),
        ("mysql+pymysql://reader@host/oms", "mysql+pymysql://reader@host/oms"),
    ],
)
def test_a_sqlite_file_lies_there_too(tmp_path: Path, url: str, read_as: str) -> None:
    file = deployment(tmp_path, changed("sqlite:///oms.db", url))
    assert read_sites(file)["demo"].hotwax.oms_url == read_as.format(folder=tmp_path)


def test_a_folder_on_sftp_has_one_spelling(tmp_path: Path) -> None:
    file = deployment(tmp_path, changed("retailpro/inventory/raw", "./retailpro//inventory/raw/"))
    assert read_sites(file)["demo"].retail_pro.inbox == "retailpro/inventory/raw"
