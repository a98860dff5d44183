"""There is no earlier reset to compare with: what changed is what the plan said of HotWax's own quantities."""

import pytest

from retailsync_assets.orchestration.execution.plan import plan
from retailsync_assets.reporting.figures import collect
from retailsync_assets.resources.lake import Lake
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld


@pytest.mark.parametrize("shipped", [False, True])
def test_the_report_says_what_the_plan_said(new_world: NewWorld, shipped: bool) -> None:
    world = new_world()
    world.raw({("F1", "B"): 12})
    if shipped:  # HotWax has deducted them, Retail Pro has not: the target is what HotWax has already
        world.orders.ship("F2", "-1 09:00")
    planned = plan(world.resources.site, world.home, NIGHT, world.clock).totals["changed"]
    assert collect(world.resources, Lake(world.home, world.name), NIGHT).figures["keys_changed"] is None
    assert world.play().state == "complete"
    assert collect(world.resources, Lake(world.home, world.name), NIGHT).figures["keys_changed"] == planned == 1
