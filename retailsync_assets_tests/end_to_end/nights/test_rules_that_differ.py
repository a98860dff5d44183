"""By how much the strict and documented rules differ is counted every night; beyond the limit a person is told."""

import logging

import dagster as dg
import pytest

from retailsync_assets.config.wording import plural
from retailsync_assets.resources.lake import Lake
from retailsync_assets_tests.end_to_end.clocked.daemon import Daemon
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.world import World

REASON = "the strict and the documented rule differ by 2 units at 1 SKU-location"


def differing(new_world: NewWorld, allowed: int) -> World:
    """A night in which the rules differ by two units."""
    world = new_world(alerts={"units_between_rules": allowed})
    world.raw()
    world.orders.ship("F1", "-1 09:00")
    world.orders.ship_whole("F2", "-1 09:00")
    return world


def look_twice(world: World) -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        daemon = Daemon(world, instance)
        daemon.look()
        daemon.look()


def messages(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "retailsync.alerts"]


@pytest.mark.parametrize(("allowed", "told"), [(2, 0), (1, 1)])
def test_beyond_the_limit_the_check_warns_and_the_watchdog_tells_once(
    new_world: NewWorld, caplog: pytest.LogCaptureFixture, allowed: int, told: int
) -> None:
    world = differing(new_world, allowed)
    with caplog.at_level(logging.ERROR, "retailsync.alerts"):
        world.play()
        assert messages(caplog) == [], "a check reports, it tells nobody"
        look_twice(world)
    check = world.check("partial_shipment_variance", "strict_and_documented_rules_agree")
    listed = f": retailsync query {world.name} 'FROM unacknowledged_shipments'" if told else ""
    assert (check.passed, check.description) == (
        not told,
        f"{REASON}, {allowed} {plural(allowed, 'is', 'are')} allowed{listed}",
    )
    assert [REASON in message for message in messages(caplog)] == [True] * told


def test_a_table_that_cannot_be_read_is_told_of_once(new_world: NewWorld, caplog: pytest.LogCaptureFixture) -> None:
    world = differing(new_world, 1)
    world.play()
    Lake(world.home, world.name).file("partial_shipment_variance", NIGHT).write_bytes(b"no table")
    for kept in world.home.folder_for("outbox", world.name, "tables").glob("*.parquet"):
        kept.unlink()
    with caplog.at_level(logging.ERROR, "retailsync.alerts"):
        look_twice(world)
    assert ["its table can't be read" in message for message in messages(caplog)] == [True]
