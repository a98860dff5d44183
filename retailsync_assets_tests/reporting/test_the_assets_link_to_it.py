import urllib.request
from pathlib import Path

import pytest

from retailsync_assets.assets.metadata import report_link
from retailsync_assets.cli.report_server import reports_served
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.world import World


def test_to_its_file_where_nobody_serves_it(told: World, report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RETAILSYNC_REPORTS", raising=False)
    assert report_link(told.resources, NIGHT).value == report.as_uri()


def test_to_where_it_is_served(told: World, report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with reports_served(told.home.folder / "reports", 0) as address:
        monkeypatch.setenv("RETAILSYNC_REPORTS", f"{address}/")
        link = report_link(told.resources, NIGHT).value
        assert link == f"{address}/{told.name}/{NIGHT}.html"
        with urllib.request.urlopen(str(link), timeout=10) as answer:  # noqa: S310 - this machine's
            assert answer.headers["Content-Type"] == "text/html"
            assert answer.read() == report.read_bytes()
