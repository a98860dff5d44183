import traceback
from pathlib import Path

import pytest

from retailsync_assets.config.home import Home
from retailsync_assets.config.loader import ConfigError, read_sites
from retailsync_assets.errors import RetailSyncError
from retailsync_assets.resources.site import SiteResources, site_resources
from retailsync_assets_tests.config.sample import SAMPLE, changed, deployment

SECRETS = {"SFTP_PASSWORD": "canary-1 p@ss/w:rd%41", "PASSPHRASE": "canary-2", "OMS_PASSWORD": "canary-3 p@ss/w:rd%41"}


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sites.toml with every kind of secret, each of which says canary."""
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    text = changed('private_key = "keys/retailpro"', 'password = {env = "SFTP_PASSWORD"}')
    text = changed(
        'private_key = "keys/hotwax"', 'private_key = "keys/hotwax"\npassphrase = {env = "PASSPHRASE"}', text
    )
    text = changed("sqlite:///oms.db", "mysql+pymysql://reader:{env:OMS_PASSWORD}@127.0.0.1:9/oms", text)
    return deployment(tmp_path, text.replace("port = 2222", "port = 9"))


@pytest.fixture
def resources(file: Path, tmp_path: Path) -> SiteResources:
    return site_resources(read_sites(file)["demo"], Home(tmp_path / "home"))


def test_a_secret_is_found_where_it_is_used(resources: SiteResources) -> None:
    assert resources.site.retail_pro.sftp.password is not None
    assert resources.site.retail_pro.sftp.password.reveal() == SECRETS["SFTP_PASSWORD"]


def test_neither_site_nor_workplace_shows_one(resources: SiteResources) -> None:
    shown = [
        repr(resources.site),
        str(resources.site),
        repr(resources),
        str(resources),
        str(resources.oms),
        str(resources.hotwax),
    ]
    assert [text for text in shown if "canary" in text] == []


def test_a_password_that_stands_in_the_url_is_not_shown_either(tmp_path: Path) -> None:
    text = changed("sqlite:///oms.db", "mysql+pymysql://reader:canary@127.0.0.1:9/oms")
    resources = site_resources(read_sites(deployment(tmp_path, text))["demo"], Home(tmp_path / "home"))
    assert "canary" not in f"{resources.site!r} {resources!r}"


@pytest.mark.parametrize("what", ["oms", "retail_pro", "hotwax"])
def test_an_error_shows_none(resources: SiteResources, what: str) -> None:
    with pytest.raises(RetailSyncError) as failed:
        resources.oms.rows("on_hand", product_stores=["STORE"]) if what == "oms" else getattr(
            resources, what
        ).session().__enter__()
    assert "canary" not in "".join(traceback.format_exception(failed.value))
    assert len(str(failed.value).splitlines()) == 1


@pytest.mark.parametrize(
    "old, new",
    [
        ('subsidiary = "1"', 'subsidiary = "1"\nunknown = "canary"'),
        ('private_key = "keys/retailpro"', 'password = "canary"'),
        ('private_key = "keys/retailpro"', 'password = {env = "HOME", value = "canary"}'),
        ("sqlite:///oms.db", "mysql+pymysql://reader:canary@host:port/oms"),
        ("sqlite:///oms.db", "nothing://reader:canary@host/oms"),
    ],
)
def test_a_refusal_shows_none(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(ConfigError) as refused:
        read_sites(deployment(tmp_path, changed(old, new, SAMPLE)))
    assert "canary" not in "".join(traceback.format_exception(refused.value))
