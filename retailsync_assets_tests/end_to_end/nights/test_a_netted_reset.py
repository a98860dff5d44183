"""`variance.release = "netted"`: the reset carries the deductions known when it is computed, the variance the rest."""

import pytest

from retailsync_assets.cli.explanation import explain
from retailsync_assets.orchestration.execution.replay import replay
from retailsync_assets_tests.end_to_end.nights.catalogue import UPCAS
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.world import World

NETTED = {"release": "netted"}


@pytest.fixture
def world(new_world: NewWorld) -> World:
    """Two units of A have left F1, and Retail Pro knows of none."""
    world = new_world(variance=NETTED)
    world.raw()
    world.orders.ship("F1", "-1 09:00")
    return world


def test_hotwax_has_no_wrong_hour_and_no_variance_follows(world: World) -> None:
    world.take()
    assert world.delivered("reset")["F1", "A"] == 8
    world.at("08:00").import_files()
    assert world.stock()["F1", "A"] == 8
    status = world.at("09:00").take()
    assert (status.state, world.files("variance")) == ("complete", {})
    told = explain(world.resources, NIGHT, UPCAS["A"], "S1").document()
    numbers = ("raw_quantity", "reset_quantity", "variance", "target_quantity", "hotwax_quantity")
    assert [told[name] for name in numbers] == [10, 8, 0, 8, 8]
    assert [line["quantity"] for line in told["deducted"]] == [2]


def test_what_left_until_the_reset_was_applied_follows_as_a_variance(world: World) -> None:
    world.take()
    world.orders.ship("F1", "07:50", "B")
    world.at("08:00").import_files()
    world.at("09:00").take()
    assert world.delivered("variance") == {("F1", "B"): -2}
    world.import_files()
    assert world.take().state == "complete"
    assert (world.stock()["F1", "A"], world.stock()["F1", "B"]) == (8, 8)


def test_what_proves_to_have_been_acknowledged_before_the_snapshot_is_added_back(world: World) -> None:
    world.take()
    world.orders.acknowledge("F1", "-1 10:00")
    world.at("08:00").import_files()
    assert world.stock()["F1", "A"] == 8
    world.at("09:00").take()
    assert world.delivered("variance") == {("F1", "A"): 2}
    world.import_files()
    assert world.take().state == "complete"
    assert world.stock()["F1", "A"] == 10


@pytest.mark.parametrize("floors, sent", [(True, 0), (False, -1)])
def test_more_shipped_than_counted_goes_no_further_than_the_floor(new_world: NewWorld, floors: bool, sent: int) -> None:
    world = new_world(variance={**NETTED, "floor_at_zero": floors})
    world.raw({("F1", "A"): 1})
    world.orders.ship("F1", "-1 09:00")
    world.take()
    assert world.delivered("reset")["F1", "A"] == sent
    world.at("08:00").import_files()
    assert (world.at("09:00").take().state, world.files("variance")) == ("complete", {})


def test_a_failed_reset_row_is_neither_set_nor_deducted(world: World) -> None:
    world.orders.ship("F2", "-1 09:00")
    world.take()
    world.at("08:00")
    with world.unknown_to_hotwax("F2"):
        world.import_files()
    assert (world.at("09:00").take().state, world.files("variance")) == ("complete", {})
    assert (world.stock()["F1", "A"], world.stock()["F2", "A"]) == (8, 8)


def test_a_replay_comes_out_as_it_went_out(world: World) -> None:
    world.take()
    world.orders.ship("F1", "07:50", "B")
    world.at("08:00").import_files()
    world.at("09:00").take()
    world.import_files()
    assert world.take().state == "complete"
    assert replay(world.resources.site, world.home, NIGHT, world.clock).equal
