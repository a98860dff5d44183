"""A failed look sends to the doctor; the doctor sends back to `run`, after what is still broken above."""

import shutil

import pytest

from retailsync_assets.errors import HostKeyMismatch
from retailsync_assets.ledger.models import OBSERVATION
from retailsync_assets.workflow.calendar import business_date
from retailsync_assets_tests.cli.doctor.conftest import NewClinic, examined


@pytest.mark.parametrize(
    ("broken", "state", "behind"), [(True, "fail", ", once the findings above are fixed"), (False, "warn", "")]
)
def test_of_a_host_key_mismatch(clinic: NewClinic, broken: bool, state: str, behind: str) -> None:
    world = clinic()
    now, ledger = world.clock.now(), world.resources.ledger
    on = business_date(now, world.resources.site)
    ledger.record_attempt(on, OBSERVATION, HostKeyMismatch("host key mismatch: got another").reason, now)
    if broken:
        shutil.rmtree(world.inbox)
    (found,) = (each for each in examined(world) if each.subject == "run")
    assert (found.state, found.next_step) == (state, f"retailsync run {world.name} --date {on}{behind}")
