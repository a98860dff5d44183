from pathlib import Path

import pytest

from retailsync_assets.config.loader import ConfigError, read_sites
from retailsync_assets_tests.config.sample import SAMPLE, changed, deployment

LINE = 'product_store = "STORE"'


@pytest.mark.parametrize(
    "written, read",
    [('"STORE"', ["STORE"]), ('["STORE"]', ["STORE"]), ('["STORE", "OUTLET"]', ["STORE", "OUTLET"])],
)
def test_as_a_name_or_a_list(tmp_path: Path, written: str, read: list[str]) -> None:
    file = deployment(tmp_path, changed(LINE, f"product_store = {written}"))
    assert read_sites(file)["demo"].product_stores == read


@pytest.mark.parametrize(
    "written, expected",
    [
        ("[]", "expected the name of one, or a list of names"),
        ('""', "expected the name of one, or a list of names"),
        ('["STORE", ""]', "expected the name of one, or a list of names"),
        ("5", "expected the name of one, or a list of names"),
        ('["STORE", "STORE"]', "expected each name once"),
    ],
)
def test_anything_else_is_refused(tmp_path: Path, written: str, expected: str) -> None:
    file = deployment(tmp_path, changed(LINE, f"product_store = {written}"))
    with pytest.raises(ConfigError) as refused:
        read_sites(file)
    assert str(refused.value) == f"{file}: sites.demo.product_store: {expected} (line 3)"


@pytest.mark.parametrize(
    "url, same",
    [
        ("sqlite:///oms.db", True),
        ("sqlite:///./oms.db", True),
        ("sqlite:///other.db", False),
        ("mysql+pymysql://me:{env:OMS_PASSWORD}@host/oms", False),
    ],
)
def test_a_site_knows_the_others_of_its_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, same: bool
) -> None:
    monkeypatch.setenv("OMS_PASSWORD", "p@ss{}%")
    other = SAMPLE.replace("sites.demo", "sites.other").replace("hotwax/", "other/").replace('"1"', '"2"')
    other = changed('oms_url = "sqlite:///oms.db"', f'oms_url = "{url}"', other)
    sites = read_sites(deployment(tmp_path, SAMPLE + other))
    assert [each.name for each in sites["demo"].neighbours] == (["other"] if same else [])
    assert [each.product_stores for each in sites["other"].neighbours] == ([["STORE"]] if same else [])
