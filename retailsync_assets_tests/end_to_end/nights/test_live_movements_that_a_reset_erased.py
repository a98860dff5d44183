"""Tills tell HotWax of sales and returns at once; a reset of older stock writes over what they told.

The file is of 07:00, applied at 08:00, corrected at 09:00. Each case is a store of its own, all in one night.
"""

from dataclasses import dataclass, field

import pytest

from retailsync_assets.cli.explanation import explain
from retailsync_assets_tests.end_to_end.nights.catalogue import UPCAS
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT, moment
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.world import World

SOLD, RETURNED = "POS_SALE", "RTN_ITM_RCPT"


@dataclass(frozen=True)
class Case:
    """What moved at 07:30, unless it says another time; `variance` is what the file must say, `left` what stands."""

    story: str
    moved: tuple[tuple[int, str | None], ...]
    variance: int
    left: int
    at: str = "07:30"
    raw: int = 10
    shipped: int = 0
    names: dict[str, str] = field(default_factory=dict[str, str])


CASES = [
    Case("a sale", ((-1, SOLD),), -1, 9),
    Case("a return", ((2, RETURNED),), 2, 12),
    Case("a return that names itself only", ((2, None),), 2, 12, names={"RETURN_ID": "R1"}),
    Case("a count", ((-3, "VAR_MANUAL"),), -3, 7),
    Case("a sale that the snapshot has", ((-1, SOLD),), 0, 10, at="07:00"),
    Case("a sale after the reset", ((-1, SOLD),), 0, 9, at="08:30"),
    Case("a shipment, which is judged as a line", ((-1, None),), 0, 10, names={"ORDER_ID": "O", "SHIPMENT_ID": "S"}),
    Case("a transfer, which Retail Pro owns", ((-1, "VAR_TRFR_ORD_SHIPPED"),), 0, 10),
    Case("a variance", ((-1, "VAR_INTEGR"),), 0, 10),
    Case("with a line that was shipped", ((3, RETURNED), (-2, SOLD)), -1, 9, shipped=2),
    Case("more sold than Retail Pro has", ((-3, SOLD),), -1, 0, raw=1),
    Case("a return to a shelf below zero", ((3, RETURNED),), 1, 1, raw=-2),
    Case("a return in the second of the snapshot, which may have it", ((1, RETURNED),), 0, 10, at="07:00:00.400"),
    Case("a sale in the second of the snapshot, which may not have it", ((-1, SOLD),), -1, 9, at="07:00:00.400"),
]
STORES = {f"F{number}": f"S{number}" for number, _ in enumerate(CASES)}


@pytest.fixture(scope="module")
def world(new_world: NewWorld) -> World:
    world = new_world(stores=STORES, skus=("A", "B"), variance={"replay_movements": True})
    world.raw({(store, "A"): case.raw for store, case in zip(STORES, CASES, strict=True)})
    for store, case in zip(STORES, CASES, strict=True):
        if case.shipped:
            world.orders.ship(store, "-1 09:00", "A", case.shipped)
    world.take()
    move(world, before_the_reset=True)
    world.at("08:00").import_files()
    move(world, before_the_reset=False)
    world.at("09:00").take()
    world.import_files()
    assert world.take().state == "complete"
    return world


def move(world: World, *, before_the_reset: bool) -> None:
    for store, case in zip(STORES, CASES, strict=True):
        if (case.at < "08:00") is before_the_reset:
            for units, reason in case.moved:
                world.orders.move(store, "A", units, moment(case.at), reason, **case.names)


@pytest.mark.parametrize(("store", "case"), list(zip(STORES, CASES, strict=True)), ids=[case.story for case in CASES])
def test_what_came_between_snapshot_and_reset_is_booked_again(world: World, store: str, case: Case) -> None:
    assert world.delivered("variance").get((store, "A"), 0) == case.variance
    assert world.stock()[store, "A"] == case.left


def test_explain_names_each_of_them(world: World) -> None:
    document = explain(world.resources, NIGHT, UPCAS["A"], "S0").document()
    sale = {"units": -1, "reason": SOLD, "moved_at": "2025-11-21T07:30:00Z", "order_id": None, "return_id": None}
    assert (document["replayed"], document["variance"], document["deducted"]) == ((sale,), -1, ())


def test_a_second_file_gives_back_what_came_after_the_first(new_world: NewWorld) -> None:
    world = new_world(variance={"replay_movements": True, "release": "with_reset"})
    world.raw()
    world.orders.ship("F1", "-1 09:00")
    world.take()
    world.orders.move("F1", "A", 2, moment("07:50"), RETURNED)
    world.at("08:00").import_files("reset")
    world.take()
    assert [[row["availableDelta"] for row in rows] for rows in world.files("variance").values()] == [["-2.0"], ["2.0"]]
    world.import_files("variance")
    assert (world.take().state, world.stock()["F1", "A"]) == ("complete", 10)


def test_unless_the_site_says_so_nothing_is_given_back(new_world: NewWorld) -> None:
    world = new_world()
    world.raw()
    world.orders.move("F1", "A", -1, moment("07:30"), SOLD)
    world.play()
    assert (world.delivered("variance"), world.lake("erased_movements"), world.stock()["F1", "A"]) == ({}, [], 10)
    assert "replayed" not in explain(world.resources, NIGHT, UPCAS["A"], "S1").document()
