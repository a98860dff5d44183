"""A few damaged files through the whole night, over SFTP; thousands go through gate and filter in damage/."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from retailsync_assets.config.home import Home
from retailsync_assets_tests.end_to_end.nights.catalogue import STORES, UPCAS
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.world import Key, World
from retailsync_assets_tests.raw_file.damage.harm import damaged
from retailsync_assets_tests.raw_file.damage.oracle import reset
from retailsync_assets_tests.raw_file.damage.sample import CONTENT

FACILITY = {code: facility for facility, code in STORES.items()}
SKU = {upca: sku for sku, upca in UPCAS.items()}


@pytest.fixture(scope="module")
def before(new_world: NewWorld) -> World:
    """The active products are there; no limit holds the night."""
    limits = {"first_night": "pass", "rejected_rows": 1.0, "unmatched_active": 1.0}
    world = new_world(skus=("A", "B", "C", "SOCK-WHT"), limits=limits)
    world.take()
    return world


def said_by(content: bytes) -> dict[Key, float]:
    """Units by facility and product as HotWax is to get them: none below zero."""
    return {(FACILITY[store], SKU[upca]): max(units, 0) for (store, upca), units in reset(content).items()}


def delivered_of(before: World, content: bytes) -> tuple[str, dict[Key, float]]:
    """How the night ends with this file, and what HotWax gets; from the same state each time."""
    site, old = before.resources.site, before.home
    with tempfile.TemporaryDirectory() as folder:
        before.open(site, Home(Path(shutil.copytree(old.folder, Path(folder) / "home"))))
        before.raw_bytes(content)
        state, delivered = before.take().state, before.delivered("reset")
        before.open(site, old)
    for file in (*before.inbox.glob("*.csv"), *before.folders["reset"].glob("*.csv")):
        file.unlink()
    return state, delivered


def test_the_whole_file_is_delivered(before: World) -> None:
    assert delivered_of(before, CONTENT) == ("waiting", said_by(CONTENT))


@pytest.mark.timeout(600)
@settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(damaged(CONTENT))
def test_ten_damaged_files(before: World, content: bytes) -> None:
    state, delivered = delivered_of(before, content)
    assert (state, delivered) in (("held", {}), ("waiting", said_by(content) if state == "waiting" else {}))
