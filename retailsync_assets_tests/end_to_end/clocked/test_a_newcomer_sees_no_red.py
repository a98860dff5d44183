"""The first clicks on a fresh `retailsync dev`: everything at once, which the sensors finish, and an approval."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from retailsync_assets.config.home import Home
from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets.ledger.models import Hold
from retailsync_assets_tests.end_to_end.clocked.night_by_clicks import materialize
from retailsync_assets_tests.end_to_end.clocked.page import LINEAGE, Page
from retailsync_assets_tests.end_to_end.clocked.red import red
from retailsync_assets_tests.end_to_end.clocked.running_dev import page_of_dev, tonight, waited_for
from retailsync_assets_tests.servers.browser import Tab, chromium

pytestmark = pytest.mark.timeout(900)

RUNS = "query { runsOrError { ... on Runs { results { runId status pipelineName } } } }"
OVER = {"SUCCESS", "FAILURE", "CANCELED"}
LAUNCHPAD = "/locations/retailsync/jobs/demo_approve_job/playground"

CHECK = "/assets/demo/filtered_reset?view=checks&checkDetail=within_circuit_breaker_limits"
WARNED = {
    "ASSET_CHECK_EVALUATION",
    "no_shipment_unacknowledged_too_long",
    "demo / unacknowledged_shipments",
    "upca_unique_among_active_products",
    "demo / active_products",
}
"""The log of a run has a check in red that only warns, too: of two oddities that the sample has on purpose."""


@dataclass(frozen=True)
class Fresh:
    """The page of a `dev` that nothing has run on, and the current business date."""

    page: Page
    home: Home
    night: str

    def runs(self, job: str) -> list[dict[str, Any]]:
        return [run for run in self.page.ask(RUNS)["runsOrError"]["results"] if run["pipelineName"] == job]

    def ended(self, job: str) -> dict[str, Any]:
        """The one run of that job, once it is over."""
        assert waited_for(lambda: {run["status"] for run in self.runs(job)} <= OVER and bool(self.runs(job)), 180)
        (run,) = self.runs(job)
        return run


@pytest.fixture(scope="module")
def tab() -> Iterator[Tab]:
    """One for all pages: each that stays open asks the server again and again."""
    with chromium() as browser:
        yield browser.open("about:blank", 2000, 1400)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fresh]:
    home = tmp_path_factory.mktemp("fresh") / "home"
    with page_of_dev(home, lines=2_500) as page:
        yield Fresh(page, Home(home), tonight(home))


def shown(tab: Tab, fresh: Fresh, path: str, text: str) -> Tab:
    """That page, once it shows this text."""
    tab.do(tab.page.goto, f"{fresh.page.address}{path}")
    assert tab.shows(text, seconds=60)
    return tab


def test_everything_is_materialized_at_once_and_the_sensors_finish(tab: Tab, fresh: Fresh, tmp_path: Path) -> None:
    shown(tab, fresh, "/asset-groups", "Materialize all")
    materialize(tab, fresh.night)
    run = fresh.ended("__ASSET_JOB")
    assert run["status"] == "SUCCESS"
    shown(tab, fresh, f"/runs/{run['runId']}", "RUN_SUCCESS")
    assert "Errored (0)" in tab.evaluate("document.body.innerText")
    tab.picture(tmp_path / "run.png")
    assert set(red(tab)) <= WARNED
    assert waited_for(lambda: fresh.page.assets(fresh.night)["nightly_report"].made, 300), fresh.page.assets(
        fresh.night
    )
    shown(tab, fresh, LINEAGE, "raw_reset_file")
    tab.picture(tmp_path / "lineage.png")
    assert red(tab) == []
    assert red(shown(tab, fresh, "/runs", "Success")) == []


def test_a_hold_is_approved_where_it_is_seen(tab: Tab, fresh: Fresh, tmp_path: Path) -> None:
    on, ledger = date.fromisoformat(fresh.night), Ledger(fresh.home.ledger_url, "demo")
    figures = "20 of 21 SKU-locations change"
    ledger.raise_hold(on, Hold("keys_changed", "a snapshot", figures, datetime.now(UTC), figures=figures))
    shown(tab, fresh, LAUNCHPAD, 'Missing required config entry "reason"')
    assert red(tab) != []
    tab.click("{}")
    for key in ("Control+a", "Delete"):
        tab.do(tab.page.keyboard.press, key)
    for line in ("reason: 20 SKU-locations checked", "who: Ada"):
        tab.do(tab.page.keyboard.type, line)
        tab.do(tab.page.keyboard.press, "Enter")
    tab.picture(tmp_path / "typed.png")
    tab.press("Launch Run", exact=False)
    assert tab.shows("RUN_SUCCESS", seconds=120)
    assert red(tab) == []
    assert fresh.ended("demo_approve_job")["status"] == "SUCCESS"
    (hold,) = ledger.night_state(on).holds
    assert (hold.approved_by, hold.approval) == ("Ada", "20 SKU-locations checked")
    shown(
        tab,
        fresh,
        CHECK,
        "approved by Ada",
    )
    assert red(tab) == []
