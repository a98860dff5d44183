import pytest

from retailsync_assets.errors import Remedy
from retailsync_assets.workflow.decision import Blocked, RunJob, Wait, next_step
from retailsync_assets_tests.config.sample import a_site
from retailsync_assets_tests.ledger.states import ACTIVE, APPLIED, arrival, at, failed, night

READY = (ACTIVE, arrival())


@pytest.mark.parametrize(
    "times, by_hand, stopped",
    [(0, False, False), (2, False, False), (3, False, True), (7, False, True), (7, True, False)],
)
def test_the_third_failure_ends_the_tries(times: int, by_hand: bool, stopped: bool) -> None:
    found = next_step(a_site(), night(*READY, failed("reset", times)), at("01:45"), by_hand=by_hand)
    assert isinstance(found, Blocked) is stopped
    assert stopped or found == RunJob("reset")


def test_it_names_the_last_failure_and_what_to_do() -> None:
    found = next_step(a_site(), night(*READY, failed("reset", 3)), at("01:45"), by_hand=False)
    assert isinstance(found, Blocked)
    assert found.state == "failed"
    (reason,) = found.reasons
    assert str(reason) == "failed: reset failed 3 times, last: the server is away"
    assert reason.remedy is Remedy.DOCTOR


@pytest.mark.parametrize("job", ["reset", "active_products"])
def test_failures_of_another_job_do_not_count(job: str) -> None:
    standing = night(*APPLIED, failed(job, 9))
    assert next_step(a_site(), standing, at("03:00"), by_hand=False) == RunJob("variance")


@pytest.mark.parametrize(
    "times, clock, again",
    [(1, "01:31:59", "01:32"), (1, "01:32", None), (2, "01:37:59", "01:38"), (2, "01:38", None)],
)
def test_it_is_tried_again_after_a_pause_that_grows(times: int, clock: str, again: str | None) -> None:
    standing = night(*READY, failed("reset", times))
    reason = "reset failed, last: the server is away; it is tried again"
    assert next_step(a_site(), standing, at(clock), by_hand=False) == (
        Wait(reason, at(again)) if again else RunJob("reset")
    )


def test_a_person_need_not_wait_for_that() -> None:
    assert next_step(a_site(), night(*READY, failed("reset", 2)), at("01:30"), by_hand=True) == RunJob("reset")
