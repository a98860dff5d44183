"""Exit 3, and for what: everything that a night waits for, in the order in which it does."""

import re
from collections.abc import Iterator

import pytest

from retailsync_assets.workflow.status import NightStatus
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.world import World


def steps(world: World) -> Iterator[tuple[str, NightStatus]]:
    yield "no raw file", world.at("06:45").take()
    world.raw()
    world.orders.ship("F1", "-1 09:00")
    yield "reset in its folder", world.at("07:45").take()
    world.at("08:00").poll()
    yield "reset queued", world.at("08:10").take()
    world.at("08:20").process()
    yield "reset applied", world.at("08:21").take()
    yield "a minute before the hour", world.at("09:19").take()
    yield "the hour is over", world.at("09:20").take()
    world.poll()
    yield "variance queued", world.at("12:30").take()
    world.process()
    yield "variance applied", world.take()


@pytest.fixture(scope="module")
def told(new_world: NewWorld) -> dict[str, NightStatus]:
    return dict(steps(new_world()))


@pytest.mark.parametrize(
    ("step", "code", "reason"),
    [
        ("no raw file", 3, r"no raw reset file for 2025-11-21 in shop\d+/raw yet"),
        ("reset in its folder", 3, r"HotWax has not imported ResetInventory_shop\d+_2025-11-21_1_\w{12}\.csv yet"),
        ("reset queued", 3, r"HotWax has not imported ResetInventory_shop\d+_2025-11-21_1_\w{12}\.csv yet"),
        ("reset applied", 3, r"waiting period between reset and variance, until 2025-11-21T09:20:00Z"),
        ("a minute before the hour", 3, r"waiting period between reset and variance, until 2025-11-21T09:20:00Z"),
        ("the hour is over", 3, r"HotWax has not imported InventoryVariance_shop\d+_2025-11-21_1_for_\w{12}\.csv yet"),
        (
            "variance queued",
            3,
            r"HotWax has not imported InventoryVariance_shop\d+_2025-11-21_1_for_\w{12}\.csv yet, 60 minutes after .*",
        ),
        ("variance applied", 0, ""),
    ],
)
def test_it_says_what_it_waits_for(told: dict[str, NightStatus], step: str, code: int, reason: str) -> None:
    report = told[step]
    assert report.exit_code == code
    assert re.fullmatch(reason, "; ".join(report.lines)), report.lines
