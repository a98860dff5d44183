"""The approve job: who, why and the figures stand in the ledger, and the check that held the night is green."""

import json
from collections.abc import Mapping

import dagster as dg
import pytest

from retailsync_assets_tests.end_to_end.clocked.clicks import breaker_has_tripped, file_is_there
from retailsync_assets_tests.end_to_end.clocked.conftest import NewNight
from retailsync_assets_tests.end_to_end.clocked.daemon import failure_of
from retailsync_assets_tests.end_to_end.clocked.played_night import Night

FIGURES = "the raw file lacks 1 of 3 active products"
CHECK = "within_circuit_breaker_limits"


def approve(night: Night, given: Mapping[str, str]) -> dg.ExecuteInProcessResult:
    """As the Launchpad starts it."""
    job = night.daemon.repository.get_job(f"{night.world.resources.site.name}_approve_job")
    return job.execute_in_process(dict(given), instance=night.daemon.instance, raise_on_error=False)


def evaluated(result: dg.ExecuteInProcessResult) -> list[tuple[bool, str | None]]:
    return [
        (each.passed, each.description) for each in result.get_asset_check_evaluations() if each.check_name == CHECK
    ]


def test_the_ledger_has_who_why_and_the_figures(new_night: NewNight) -> None:
    night = new_night()
    breaker_has_tripped(night)
    assert approve(night, {"reason": " C is sold out ", "who": "Ada"}).success
    ledger = night.world.resources.ledger
    (hold,) = ledger.night_state(night.on).holds
    assert (hold.approved_by, hold.approval, hold.figures) == ("Ada", "C is sold out", FIGURES)
    told = json.loads(next(entry.detail for entry in ledger.history(night.on) if entry.what == "approved"))
    assert (told["who"], told["why"], told["figures"]) == ("Ada", "C is sold out", FIGURES)


def test_an_approved_night_is_not_red_at_once_and_in_the_next_run(new_night: NewNight) -> None:
    night, green = new_night(), [(True, f"{FIGURES}: approved by Ada, C is sold out")]
    breaker_has_tripped(night)
    assert [passed for passed, _ in evaluated(night.daemon.materialize(str(night.on)))] == [False]
    assert evaluated(approve(night, {"reason": "C is sold out", "who": "Ada"})) == green
    result = night.daemon.materialize(str(night.on))
    assert result.success
    assert evaluated(result) == green
    assert night.world.delivered("reset")


@pytest.mark.parametrize(
    "given, says",
    [
        ({"reason": "seen"}, "nothing is on hold for 2025-11-21; for another date, add business_date: yyyy-MM-dd"),
        ({"reason": "seen", "business_date": "yesterday"}, "expected a date such as 2026-11-21, got 'yesterday'"),
        ({"reason": "  "}, "expected a reason, such as"),
    ],
    ids=["nothing is on hold", "no date", "no reason"],
)
def test_what_cannot_be_approved_is_said_in_one_line(new_night: NewNight, given: dict[str, str], says: str) -> None:
    night = new_night()
    file_is_there(night)
    line = failure_of(approve(night, given)) or "it succeeded"
    assert says in line
    assert len(line.splitlines()) == 1
