"""What Dagster keeps, and its UI shows, of a step that failed: one line; a stack only where the program is wrong."""

import dagster as dg
import pytest

from retailsync_assets.assets import failures
from retailsync_assets.assets.failures import as_dagster_failure
from retailsync_assets.errors import Refused
from retailsync_assets_tests.end_to_end.clocked.clicks import breaker_has_tripped, file_is_there, run_again
from retailsync_assets_tests.end_to_end.clocked.conftest import NewNight
from retailsync_assets_tests.end_to_end.clocked.daemon import QUIETLY
from retailsync_assets_tests.end_to_end.clocked.played_night import Night


def errors(result: dg.ExecuteInProcessResult) -> dict[str | None, tuple[str, list[str], object]]:
    """Of each failed step: its message, its stack, and what caused it."""
    failed = (event for event in result.all_events if event.event_type == dg.DagsterEventType.STEP_FAILURE)
    found = ((event.step_key, event.step_failure_data.error) for event in failed)
    return {
        step: (error.message.strip(), list(error.stack), error.cause or error.context) for step, error in found if error
    }


def clicked(night: Night, *assets: str) -> list[tuple[str, list[str], object]]:
    return list(errors(night.daemon.materialize(str(night.on), *assets)).values())


def test_a_blocking_check_says_what_holds_the_night_and_what_to_do(new_night: NewNight) -> None:
    night = new_night()
    breaker_has_tripped(night)
    (message, stack, cause), *others = clicked(night, "raw_reset_file", "filtered_reset", "reset_delivery")
    site = night.world.resources.site.name
    assert (stack, cause, others) == ([], None, [])
    assert message.endswith(
        "held: the raw file lacks 1 of 3 active products."
        f" Next step: retailsync approve {site} --date {night.on} --reason TEXT, or the job {site}_approve_job"
    )


def test_a_delivery_out_of_turn_says_what_comes_first(new_night: NewNight) -> None:
    night = new_night()
    file_is_there(night)
    ((message, stack, cause),) = clicked(night, "reset_delivery")
    assert (stack, cause, len(message.splitlines())) == ([], None, 1)
    assert "refused: active_products of" in message


def test_without_the_limit_it_has_a_stack(new_night: NewNight, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failures, "hide_stacks", lambda: None)
    night = new_night()
    file_is_there(night)
    ((_, stack, _),) = [each for result in run_again("reset")(night) for each in errors(result).values()]
    assert stack


@dg.op
def a_refused_step() -> None:
    with as_dagster_failure():
        raise Refused("not now")


@dg.op
def b_wrong_step() -> None:
    with as_dagster_failure():
        raise ZeroDivisionError


@dg.job
def both() -> None:
    a_refused_step()
    b_wrong_step()


def test_a_bug_that_follows_in_the_same_run_keeps_its_stack() -> None:
    found = errors(both.execute_in_process(QUIETLY, raise_on_error=False))
    assert found["a_refused_step"][1:] == ([], None)
    assert found["b_wrong_step"][1]
