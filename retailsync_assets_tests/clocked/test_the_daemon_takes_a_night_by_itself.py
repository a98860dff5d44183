"""`retailsync dev` with its clocks a minute ahead: the real daemon, the real page, and no hand on either."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from retailsync_assets.night import business_date
from retailsync_assets.report import STAGES
from retailsync_assets.sandbox.founding import found
from retailsync_assets.sites import read_sites
from retailsync_assets_tests.alerts.free_port import free_port
from retailsync_assets_tests.clocked.page import Page, Shown
from retailsync_assets_tests.servers.process_tree import descendants

LINES = 5_000
PATIENCE = timedelta(minutes=6)
BEHIND_THE_CUT_OFF = ("Asia/Tokyo", "America/New_York")
GREEN = {"SUCCEEDED"}
TOLD = {"every_upca_names_one_product": "FAILED", "no_order_is_stuck": "FAILED"}
"""The sample world sells two products under one UPCA and has orders that are stuck, so that both can be seen."""


def far_from_the_cut_off(now: datetime) -> str:
    """A zone in which it isn't about six in the morning: there, a night of minutes would run into the next."""
    hours = {zone: now.astimezone(ZoneInfo(zone)).hour for zone in BEHIND_THE_CUT_OFF}
    return max(hours, key=lambda zone: abs(hours[zone] - 6))


def clocks(sites: Path, now: datetime) -> None:
    """Active products a minute or two from now, the reset a minute later."""
    zone = far_from_the_cut_off(now)
    first = (now + timedelta(seconds=110)).astimezone(ZoneInfo(zone))
    text = sites.read_text().replace('"America/New_York"', f'"{zone}"')
    reset = first + timedelta(minutes=1)
    sites.write_text(f'{text}\n[sites.demo.schedule]\nactive_products = "{first:%H:%M}"\nreset = "{reset:%H:%M}"\n')


def done(asset: Shown) -> bool:
    return asset.made and asset.freshness == "HEALTHY" and "not run" not in (asset.blocking | asset.warning).values()


def waited_for(what: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not what() and time.monotonic() < deadline:
        time.sleep(1)
    return what()


def gone(processes: list[int]) -> bool:
    return not any(Path(f"/proc/{process}").exists() for process in processes)


@pytest.mark.timeout(480)
def test_a_file_lands_and_the_night_completes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, port, now = tmp_path / "home", free_port(), datetime.now(UTC)
    sites = found(home / "sandbox", lines=LINES)
    clocks(sites, now)
    tonight = str(business_date(now, read_sites(sites)["demo"]))
    for name in ("RETAILSYNC_SITES", "RETAILSYNC_LEDGER", "DAGSTER_HOME"):
        monkeypatch.delenv(name, raising=False)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs inherit that it is ignored
    command = [Path(sys.executable).parent / "retailsync", "dev", "--port", str(port), "--lines", str(LINES)]
    log = (tmp_path / "dev.log").open("wb")
    with (
        log,
        subprocess.Popen(command, env={**os.environ, "RETAILSYNC_HOME": str(home)}, stdout=log, stderr=log) as dev,
    ):
        page, shown = Page(port), dict[str, Shown]()

        def complete() -> bool:
            assert dev.poll() is None, (tmp_path / "dev.log").read_text()
            try:
                shown.update(page.assets(tonight))
            except OSError:
                return False
            return bool(shown) and all(done(asset) for asset in shown.values())

        try:
            assert waited_for(complete, PATIENCE.total_seconds()), shown
            assert set(STAGES) <= set(shown)
            assert {status for asset in shown.values() for status in asset.blocking.values()} == GREEN
            warned = {name: status for asset in shown.values() for name, status in asset.warning.items()}
            assert {name: status for name, status in warned.items() if status not in GREEN} == TOLD
            drawn = page.look(tmp_path, "--dump-dom")
            assert [asset for asset in STAGES if asset not in drawn] == []
            page.look(tmp_path, f"--screenshot={tmp_path / 'page.png'}")
            assert (tmp_path / "page.png").read_bytes().startswith(b"\x89PNG")
        finally:
            started = descendants(dev.pid)
            dev.send_signal(signal.SIGINT)
            assert dev.wait(90) == 0
    assert len(started) >= 3, "a page, a daemon and a world"
    assert waited_for(lambda: gone(started), 30), started
