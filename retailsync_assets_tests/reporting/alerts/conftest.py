from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from retailsync_assets.config.home import Home
from retailsync_assets.resources.site import SiteResources, site_resources
from retailsync_assets_tests.config.sample import a_site
from retailsync_assets_tests.end_to_end.clocked.conftest import instance as instance
from retailsync_assets_tests.end_to_end.clocked.conftest import new_night as new_night
from retailsync_assets_tests.end_to_end.nights.clock import SetClock
from retailsync_assets_tests.end_to_end.nights.conftest import new_world as new_world
from retailsync_assets_tests.end_to_end.nights.conftest import server as server
from retailsync_assets_tests.reporting.alerts.notice_board import NoticeBoard
from retailsync_assets_tests.reporting.alerts.post_office import HOST, PostOffice

NewPlace = Callable[..., SiteResources]
WEBHOOK = {"env": "SLACK_WEBHOOK"}


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with PostOffice() as office:
        yield office


@pytest.fixture
def board(monkeypatch: pytest.MonkeyPatch) -> Iterator[NoticeBoard]:
    """Its address is in the variable SLACK_WEBHOOK."""
    with NoticeBoard() as board:
        monkeypatch.setenv("SLACK_WEBHOOK", board.address)
        yield board


@pytest.fixture
def new_place(tmp_path: Path) -> NewPlace:
    """`new_place(office=…, slack=True)`: the workplace of the site `demo` that tells these; its clock stands still."""

    def make(office: PostOffice | None = None, *, slack: bool = False, **mail: Any) -> SiteResources:
        alerts = dict[str, Any](slack_webhook=WEBHOOK) if slack else {}
        if office is not None:
            alerts["mail"] = {**by_mail(office), **mail}
        site = a_site(hotwax={"oms_url": f"sqlite:///{tmp_path / 'oms.db'}"}, alerts=alerts)
        return site_resources(site, Home(tmp_path / "home"), SetClock())

    return make


def by_mail(office: PostOffice) -> dict[str, Any]:
    """`[alerts.mail]` for that server."""
    people = ["ops@example.com", "shop@example.com"]
    return {"host": HOST, "port": office.port, "sender": "night@example.com", "recipients": people}
