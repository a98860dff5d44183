from pathlib import Path

import pytest

from retailsync_assets.sites import SitesRefused, read_sites
from retailsync_assets_tests.sites.sample import SAMPLE, changed, deployment

OTHER = SAMPLE.replace("sites.demo", "sites.other")
OWN_HOTWAX = OTHER.replace("hotwax/", "other/") + "\n[sites.other.schedule]\n"


def test_two_sites_with_folders_of_their_own_are_accepted(tmp_path: Path) -> None:
    second = changed('subsidiary = "1"', 'subsidiary = "2"', OWN_HOTWAX)
    assert list(read_sites(deployment(tmp_path, SAMPLE + second))) == ["demo", "other"]


def test_on_another_account_the_same_folder_is_another_one(tmp_path: Path) -> None:
    second = OTHER.replace('"hotwax"', '"other_hotwax"').replace('"retailpro"', '"other_retailpro"')
    assert len(read_sites(deployment(tmp_path, SAMPLE + second))) == 2


@pytest.mark.parametrize(
    "second, key",
    [
        (OWN_HOTWAX, "retail_pro.inbox"),
        (changed('subsidiary = "1"', 'subsidiary = "2"', OTHER), "hotwax.reset_folder"),
        (changed("other/ResetInventory", "hotwax/InventoryVariance", OWN_HOTWAX), "hotwax.reset_folder"),
        (changed("other/InventoryVariance", "hotwax//ResetInventory/", OWN_HOTWAX), "hotwax.variance_folder"),
        (
            changed("reset_folder", 'staging_folder = "hotwax/ResetInventory"\nreset_folder', OWN_HOTWAX),
            "hotwax.staging_folder",
        ),
    ],
)
def test_the_same_folder_is_refused_naming_both(tmp_path: Path, second: str, key: str) -> None:
    if key != "retail_pro.inbox":
        second = second.replace('subsidiary = "1"', 'subsidiary = "2"')
    file = deployment(tmp_path, SAMPLE + second)
    with pytest.raises(SitesRefused) as refused:
        read_sites(file)
    (line,) = str(refused.value).splitlines()
    assert line.startswith(f"{file}: sites.other.{key}: expected a folder of its own")
    assert "sites.demo." in line


def test_two_sites_may_stage_in_one_folder(tmp_path: Path) -> None:
    second = changed("reset_folder", 'staging_folder = "hotwax/.staging"\nreset_folder', OWN_HOTWAX)
    assert len(read_sites(deployment(tmp_path, SAMPLE + second.replace('subsidiary = "1"', 'subsidiary = "2"')))) == 2
