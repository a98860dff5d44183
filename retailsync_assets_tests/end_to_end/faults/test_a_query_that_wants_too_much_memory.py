from functools import partial

import pytest

from retailsync_assets.orchestration import site_definitions
from retailsync_assets.resources.lake_resource import LakeResource
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.world import World


def test_it_fails_in_one_line_and_the_night_goes_on_once_there_is_more(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site_definitions, "LakeResource", partial(LakeResource, memory_limit="1MB"))
    report = world.take()
    assert (report.state, report.exit_code, world.files("reset")) == ("failed", 1, {})
    assert "memory" in report.lines[0].lower()
    assert len(report.lines[0].splitlines()) == 1
    assert world.resources.ledger.night_state(NIGHT).deliveries == ()
    monkeypatch.undo()
    assert world.take().state == "waiting"
    assert len(world.files("reset")) == 1
