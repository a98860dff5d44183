"""From the promise on, everything is of the rows in the promised bytes, whatever is computed anew or lost since."""

import shutil
from collections.abc import Callable
from dataclasses import replace

import pytest

from retailsync_assets.cli.explanation import explain
from retailsync_assets.resources.sftp.session import SftpSession
from retailsync_assets.sandbox.sample.odd_products import product_id_of
from retailsync_assets.workflow.decision import next_step
from retailsync_assets.workflow.step import Blocked, NextStep, RunJob
from retailsync_assets_tests.end_to_end.nights.catalogue import UPCAS
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.uploads import refusing
from retailsync_assets_tests.end_to_end.nights.world import World


@pytest.fixture
def world(new_world: NewWorld) -> World:
    """Six rows in files of three; two units of A have left F1, and Retail Pro knows of none."""
    world = new_world(hotwax={"max_rows_per_file": 3})
    world.raw()
    world.orders.ship("F1", "-1 09:00")
    return world


def product_leaves(world: World) -> None:
    """A is sold online no more, and the list is made anew."""
    world.execute("DELETE FROM SHOPIFY_SHOP_PRODUCT WHERE PRODUCT_ID = :gone", gone=product_id_of("A"))
    world.at("08:30")


def lake_is_lost(world: World) -> None:
    shutil.rmtree(world.home.folder / "lake" / world.name)


def list_is_lost(world: World) -> None:
    for table in ("active_products", "stores", "filtered_reset"):
        shutil.rmtree(world.home.folder / "lake" / world.name / table)


def rows_are_another_days(world: World) -> None:
    """As after a backup was put back over the lake."""
    lake = world.home.folder / "lake" / world.name
    for table in ("filtered_reset", "reset_delivery"):
        (file,) = lake.glob(f"{table}/*/data.parquet")
        (other,) = lake.glob("stores/*/data.parquet")
        file.write_bytes(other.read_bytes())


LATER = [product_leaves, lake_is_lost, list_is_lost, rows_are_another_days]


@pytest.mark.parametrize("happens", LATER, ids=lambda each: each.__name__)
@pytest.mark.parametrize("out", [0, 1], ids=["no part is out", "one part is out"])
def test_a_reset_that_was_promised_goes_out_and_its_variance_follows(
    world: World, happens: Callable[[World], None], out: int
) -> None:
    with refusing(out):
        assert world.take().state == "failed"
    happens(world)
    status = world.take()
    assert status.state == "waiting", status.lines
    assert world.delivered("reset")["F1", "A"] == 10
    world.at("10:00").import_files()
    world.at("11:00").take()
    assert world.delivered("variance") == {("F1", "A"): -2}
    world.import_files()
    assert world.take().state == "complete"
    assert world.stock()["F1", "A"] == 8
    told = explain(world.resources, NIGHT, UPCAS["A"], "S1")
    assert (told.raw_quantity, told.reset_quantity, told.variance, told.target_quantity) == (10, 10, -2, 8)


@pytest.mark.parametrize("happens", [lake_is_lost, rows_are_another_days], ids=lambda each: each.__name__)
@pytest.mark.parametrize("step", ["after the reset", "after its confirmation", "after the variance"])
def test_what_the_lake_loses_between_two_jobs_is_put_back(
    world: World, happens: Callable[[World], None], step: str
) -> None:
    def reached(name: str) -> None:
        if step == name:
            happens(world)

    world.take()
    reached("after the reset")
    world.at("08:00").import_files()
    world.take()
    reached("after its confirmation")
    world.at("09:00").take()
    reached("after the variance")
    world.import_files()
    assert world.take().state == "complete"
    assert world.delivered("variance") == {("F1", "A"): -2}
    assert world.stock()["F1", "A"] == 8


def test_what_began_to_go_out_is_finished_by_the_schedules_though_give_up_has_passed(world: World) -> None:
    with refusing(1):
        world.take()
    assert by_clock(world) == RunJob("reset")


def test_so_is_one_whose_last_step_was_not_seen_to_happen(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(*_: object) -> bool:
        raise TimeoutError("no answer")

    with monkeypatch.context() as patch:
        patch.setattr(SftpSession, "rename", silent)
        world.take()
    assert next(iter(world.resources.night(NIGHT).deliveries)).state == "publishing"
    assert by_clock(world) == RunJob("reset")


def test_a_promise_of_which_nothing_is_out_is_missed_after_give_up(world: World) -> None:
    with refusing(0):
        world.take()
    assert world.resources.night(NIGHT).promised_reset
    found = by_clock(world)
    assert isinstance(found, Blocked)
    assert [str(reason) for reason in found.reasons] == ["missed: no reset went out by 11:55"]


def by_clock(world: World) -> NextStep:
    """What the schedules may do once they have given up."""
    after = world.at("11:58").clock.now()
    night = replace(world.resources.night(NIGHT), attempts={})
    return next_step(world.resources.site, night, after, by_hand=False)


def test_failed_variance_rows_are_sent_again_alone_though_the_table_of_those_delivered_is_lost(world: World) -> None:
    world.orders.ship("F2", "-1 09:00", "B")
    world.take()
    world.at("08:00").import_files()
    world.at("09:00").take()
    with world.unknown_to_hotwax("F2"):
        world.import_files()
    assert world.take().state == "held"
    shutil.rmtree(world.home.folder / "lake" / world.name / "variance_delivery")
    world.approve()
    world.take()
    *_, second = world.files("variance").values()
    assert [(row["facilityId"], row["availableDelta"]) for row in second] == [("F2", "-2.0")]
    world.import_files()
    assert world.take().state == "complete"
    assert (world.stock()["F1", "A"], world.stock()["F2", "B"]) == (8, 8)
