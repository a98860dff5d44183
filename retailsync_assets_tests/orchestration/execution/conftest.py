from datetime import date
from pathlib import Path

import pytest

from retailsync_assets.orchestration.execution.plan import Plan, plan
from retailsync_assets.raw_file import inbox
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.conftest import new_world as new_world
from retailsync_assets_tests.end_to_end.nights.conftest import server as server
from retailsync_assets_tests.end_to_end.nights.conftest import world as world
from retailsync_assets_tests.end_to_end.nights.world import World


@pytest.fixture(autouse=True)
def _no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file counts as still after a hundredth of a second."""
    monkeypatch.setattr(inbox, "STILL_SECONDS", 0.01)


def planned(world: World, on: date = NIGHT) -> Plan:
    """`retailsync plan`, now."""
    return plan(world.resources.site, world.home, on, world.clock)


def lasting(world: World) -> dict[str, bytes]:
    """Every file of the home but Dagster's, and every file of the site's on SFTP, with its time where it lies there."""
    home, outside = world.home.folder, world.inbox.parent
    kept = {f"home/{path.relative_to(home)}": path.read_bytes() for path in files(home) if "dagster" not in path.parts}
    lying = {
        f"sftp/{path.relative_to(outside)}/{path.stat().st_mtime_ns}": path.read_bytes() for path in files(outside)
    }
    return kept | lying


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
