"""An approval makes no row count as applied of which HotWax says that it failed, or that it never read it."""

import pytest

from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.world import World


@pytest.mark.parametrize("total, failed", [(6, 6), (0, 0)], ids=["all failed and none named", "none read"])
def test_nothing_is_deducted_from_what_was_never_reset(world: World, total: int, failed: int) -> None:
    world.raw({("F1", "A"): 12})
    world.orders.ship("F1", "-1 09:00")
    world.take()
    world.at("08:00").import_ends("SERVICE_FINISHED")
    world.execute(
        "UPDATE DATA_MANAGER_LOG SET START_DATE_TIME = CREATED_DATE, TOTAL_RECORD_COUNT = :total,"
        " FAILED_RECORD_COUNT = :failed", total=total, failed=failed,
    )  # fmt: skip
    world.at("08:05").take()
    report = world.take()
    assert total or report.lines[0].endswith("; approved, no row counts as applied")
    world.resources.ledger.approve(NIGHT, "a person", "checked", world.clock.now())
    world.at("09:30").take()
    world.import_files()
    assert (world.take().state, world.stock()["F1", "A"]) == ("complete", 8)


def test_failed_records_that_are_completed_after_an_approval_count(world: World) -> None:
    world.raw()
    for sku in "AB":
        world.orders.ship("F2", "-1 09:00", sku)
    world.take()
    world.at("08:00")
    with world.unknown_to_hotwax("F2"):
        world.import_files()
    (file,) = world.folders["reset"].glob("error/*")
    whole = file.read_text()
    file.write_text("".join(whole.splitlines(keepends=True)[:2]))
    assert world.take().state == "held"
    world.approve()
    world.at("08:01").take()
    file.write_text(whole)
    world.at("08:05").take()
    world.at("09:30").take()
    world.import_files()
    assert world.take().state == "complete"
    assert (world.stock()["F2", "A"], world.stock()["F2", "B"]) == (8, 8)
