import pytest

from retailsync_assets_tests.end_to_end.nights.world import World

LOG = "UPDATE DATA_MANAGER_LOG SET START_DATE_TIME = :started, FINISH_DATE_TIME = :finished"
ROW = "UPDATE INVENTORY_ITEM_DETAIL SET EFFECTIVE_DATE = :at WHERE REASON_ENUM_ID = 'VAR_EXT_RESET'"


@pytest.mark.parametrize(
    ("at", "started", "finished", "shipped"),
    [
        ("08:00:00.600000", "08:00:01.000000", "08:00:30.000000", "08:00:10"),
        ("08:00:30.400000", "08:00:01.000000", "08:00:30.000000", "08:00:30.700"),
    ],
    ids=["a row before its start", "a row after its end"],
)
def test_a_row_a_moment_outside_the_import_still_says_when_its_key_was_set(
    world: World, at: str, started: str, finished: str, shipped: str
) -> None:
    world.raw()
    world.orders.ship("F1", "-1 09:00", "A", 1)
    world.take()
    world.at("08:00").import_files()
    world.execute(LOG, started=f"2025-11-21 {started}", finished=f"2025-11-21 {finished}")
    world.execute(ROW, at=f"2025-11-21 {at}")
    world.orders.ship("F1", shipped, "A", 2)
    world.at("09:01").take()
    assert world.delivered("variance") == {("F1", "A"): -1}, "the two units left after the reset"
