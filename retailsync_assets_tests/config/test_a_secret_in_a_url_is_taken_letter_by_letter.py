import string
from pathlib import Path

import pytest
from sqlalchemy import make_url

from retailsync_assets.config.loader import read_sites
from retailsync_assets_tests.config.sample import changed, deployment


@pytest.mark.parametrize("password", ["plain", "p@ss/w:rd", "100%41", string.punctuation, "Ünï code"])
def test_the_driver_gets_the_password_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    monkeypatch.setenv("OMS_PASSWORD", password)
    text = changed("sqlite:///oms.db", "mysql+pymysql://reader:{env:OMS_PASSWORD}@db.internal:3306/oms")
    url = make_url(read_sites(deployment(tmp_path, text))["demo"].hotwax.resolved_oms_url())
    assert (url.username, url.password, url.host, url.port, url.database) == (
        "reader", password, "db.internal", 3306, "oms",
    )  # fmt: skip


def test_host_and_port_may_come_from_the_environment_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMS_HOST", "db.internal:3307")
    text = changed("sqlite:///oms.db", "mysql+pymysql://reader@{env:OMS_HOST}/oms")
    url = make_url(read_sites(deployment(tmp_path, text))["demo"].hotwax.resolved_oms_url())
    assert (url.host, url.port) == ("db.internal", 3307)
