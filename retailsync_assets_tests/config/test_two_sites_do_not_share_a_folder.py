from pathlib import Path

import pytest

from retailsync_assets.config.loader import ConfigError, read_sites
from retailsync_assets_tests.config.sample import SAMPLE, changed, deployment

OTHER = changed('subsidiary = "1"', 'subsidiary = "2"', SAMPLE.replace("sites.demo", "sites.other"))
"""Another subsidiary's site, which reads the same inbox and delivers into the same folders."""

APART = OTHER.replace("hotwax/", "other/")
"""The same, delivering elsewhere."""


def staging(folder: str, text: str) -> str:
    return changed("reset_folder", f'staging_folder = "{folder}"\nreset_folder', text)


def test_two_subsidiaries_may_share_an_inbox(tmp_path: Path) -> None:
    assert list(read_sites(deployment(tmp_path, SAMPLE + APART))) == ["demo", "other"]


def test_on_another_account_the_same_folder_is_another_one(tmp_path: Path) -> None:
    second = OTHER.replace('username = "hotwax"', 'username = "other"')
    assert len(read_sites(deployment(tmp_path, SAMPLE + second))) == 2


def test_two_sites_may_stage_in_one_folder(tmp_path: Path) -> None:
    assert len(read_sites(deployment(tmp_path, SAMPLE + staging("hotwax/.staging", APART)))) == 2


@pytest.mark.parametrize(
    "second, key",
    [
        (changed('subsidiary = "2"', 'subsidiary = "1"', APART), "other.retail_pro.inbox"),
        (OTHER, "other.hotwax.reset_folder"),
        (changed("other/ResetInventory", "hotwax/InventoryVariance", APART), "other.hotwax.reset_folder"),
        (changed("other/InventoryVariance", "hotwax//ResetInventory/", APART), "other.hotwax.variance_folder"),
        (staging("hotwax/ResetInventory", APART), "other.hotwax.staging_folder"),
        (changed("other/ResetInventory", "/home/me/hotwax/ResetInventory", APART), "other.hotwax.reset_folder"),
        (OTHER.replace('"127.0.0.1"', '"localhost"'), "other.hotwax.reset_folder"),
        (OTHER.replace('"127.0.0.1"', '"LOCALHOST."'), "other.hotwax.reset_folder"),
        (
            staging("other/.staging", changed("other/ResetInventory", "hotwax/.staging", APART)),
            "demo.hotwax.staging_folder",
        ),
    ],
)
def test_the_same_folder_is_refused_naming_both(tmp_path: Path, second: str, key: str) -> None:
    file = deployment(tmp_path, SAMPLE + second)
    with pytest.raises(ConfigError) as refused:
        read_sites(file)
    lines = str(refused.value).splitlines()
    assert lines[0].startswith(f"{file}: sites.{key}: expected a folder of its own, not that of sites.")
    assert all("demo" in line and "other" in line for line in lines)
