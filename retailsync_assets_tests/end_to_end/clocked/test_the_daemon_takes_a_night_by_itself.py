"""`retailsync dev` with its clocks a minute ahead: the real daemon, the real page, and no hand on either."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from retailsync_assets.workflow.stages import STAGES
from retailsync_assets_tests.end_to_end.clocked.page import LINEAGE, Shown
from retailsync_assets_tests.end_to_end.clocked.running_dev import page_of_dev, tonight, waited_for
from retailsync_assets_tests.servers.browser import chromium

PATIENCE = timedelta(minutes=12)
"""Quiet, it takes four; a schedule whose minute passed while the page came up has its next tick five minutes later."""
ZONES = ("Asia/Tokyo", "America/New_York")
TURNS = (0, 6, 24)
GREEN = {"SUCCEEDED"}
TOLD = {"upca_unique_among_active_products": "FAILED", "no_shipment_unacknowledged_too_long": "FAILED"}
"""The sample world sells two products under one UPCA and has orders that are stuck, so that both can be seen."""


def far_from_a_turn_of_the_day(now: datetime) -> str:
    """A zone in which it isn't about six in the morning, where the night turns, nor midnight, where its clocks do."""
    hours = {zone: now.astimezone(ZoneInfo(zone)).hour for zone in ZONES}
    return max(hours, key=lambda zone: min(abs(hours[zone] - turn) for turn in TURNS))


def clocks(sites: Path) -> None:
    """Active products a minute or two from now, the reset a minute later."""
    now = datetime.now(UTC)
    zone = far_from_a_turn_of_the_day(now)
    first = (now + timedelta(seconds=110)).astimezone(ZoneInfo(zone))
    text = sites.read_text().replace('"America/New_York"', f'"{zone}"')
    reset = first + timedelta(minutes=1)
    sites.write_text(f'{text}\n[sites.demo.schedule]\nactive_products = "{first:%H:%M}"\nreset = "{reset:%H:%M}"\n')


def done(asset: Shown) -> bool:
    return asset.made and asset.freshness == "HEALTHY" and "not run" not in (asset.blocking | asset.warning).values()


@pytest.mark.timeout(PATIENCE.total_seconds() + 300)
def test_a_file_lands_and_the_night_completes(tmp_path: Path) -> None:
    home, shown = tmp_path / "home", dict[str, Shown]()
    with page_of_dev(home, 5_000, clocks) as page, chromium() as browser:
        night = tonight(home)

        def complete() -> bool:
            shown.update(page.assets(night))
            return bool(shown) and all(done(asset) for asset in shown.values())

        assert waited_for(complete, PATIENCE.total_seconds()), shown
        assert set(STAGES) <= set(shown)
        assert {status for asset in shown.values() for status in asset.blocking.values()} == GREEN
        warned = {name: status for asset in shown.values() for name, status in asset.warning.items()}
        assert {name: status for name, status in warned.items() if status not in GREEN} == TOLD
        tab = browser.open(f"{page.address}{LINEAGE}", 2560, 1600)
        assert all(tab.shows(asset, seconds=60) for asset in STAGES)
        tab.picture(tmp_path / "page.png")
        assert (tmp_path / "page.png").read_bytes().startswith(b"\x89PNG")
