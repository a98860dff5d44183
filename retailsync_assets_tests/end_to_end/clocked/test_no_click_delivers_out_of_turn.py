"""What schedules and checks don't see: assets picked in the page, backfills, re-executions, old dates."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache

import dagster as dg
import pytest

from retailsync_assets_tests.end_to_end.clocked import guards_taken_out as gates
from retailsync_assets_tests.end_to_end.clocked.clicks import (
    Click,
    Stage,
    all_is_done,
    backfill,
    breaker_has_tripped,
    file_is_there,
    lines,
    list_is_outdated,
    listing,
    materialize,
    reset_is_out,
    reset_rests,
    run_again,
)
from retailsync_assets_tests.end_to_end.clocked.conftest import NEW_YORK, NewNight, opened
from retailsync_assets_tests.end_to_end.clocked.gates_taken_out import Gate
from retailsync_assets_tests.end_to_end.clocked.played_night import Night
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld

RESET, VARIANCE = materialize("reset_delivery"), materialize("variance_delivery")
FIRST = "refused: active_products of {on} comes before {job}: materialize it first"
HELD = "held: the raw file lacks 1 of 3 active products"
WAITS = "waiting: HotWax has not imported ResetInventory_"
RESTS = "waiting: waiting period between reset and variance, until"
STAYS = "it succeeded"
"""Nothing is made again, and nothing is delivered."""
OVERTAKEN = "not newer than what HotWax was sent last"
TOO_OLD = "older than 24 hours"
ANOTHER_LIST = "was made from another list of active products: materialize it again"
NO_LIST = "active_products was not made for"

out_of_turn = pytest.mark.parametrize(
    "stage, click, said, gate",
    [
        (file_is_there, RESET, [FIRST.format(on=NIGHT, job="reset")], gates.the_guard),
        (file_is_there, VARIANCE, [FIRST.format(on=NIGHT, job="variance")], gates.the_guard),
        (list_is_outdated, RESET, [ANOTHER_LIST], gates.the_list),
        (breaker_has_tripped, RESET, [HELD], gates.the_guard),
        (reset_is_out, RESET, [STAYS], gates.the_guard),
        (reset_is_out, VARIANCE, [WAITS], gates.the_guard),
        (reset_rests, VARIANCE, [RESTS], gates.the_guard_and_the_exactness),
        (reset_rests, run_again("variance"), [RESTS], gates.the_guard),
        (reset_rests, run_again("reset", 1), [NO_LIST], gates.the_check_on_the_list),
        (all_is_done, RESET, [STAYS], gates.the_guard),
        (all_is_done, VARIANCE, [STAYS], gates.the_guard_and_the_difference),
        (all_is_done, run_again("reset"), [STAYS], gates.the_guard_and_the_record),
        (reset_is_out, materialize("active_products"), [STAYS], gates.the_record),
        (all_is_done, backfill, [TOO_OLD, TOO_OLD, OVERTAKEN, STAYS], gates.the_guard_and_the_record),
        (all_is_done, materialize(days=1), [OVERTAKEN], gates.the_age_of_the_stock),
    ],
    ids=[
        "reset, nothing made",
        "variance, nothing made",
        "reset of an outdated list",
        "reset of a held night",
        "reset, out already",
        "variance before the evidence",
        "variance too early",
        "variance job too early",
        "reset job of yesterday",
        "reset of a complete night",
        "variance of a complete night",
        "reset job once more",
        "list that a delivered reset was made from",
        "backfill of everything",
        "everything of yesterday",
    ],
)


def refused(night: Night, click: Click, said: list[str]) -> None:
    """Raises AssertionError if anything new lies at HotWax's, what its reset was made from is made anew, or a run ends
    in other words than one such line."""
    before, made_from = listing(night.world), inputs(night)
    found = lines(click(night))
    assert listing(night.world) == before, "something was delivered"
    assert inputs(night) == made_from, "its inputs were made anew"
    assert [len(line.splitlines()) for line in found] == [1] * len(said), f"not one line each: {found}"
    assert all(piece in line for piece, line in zip(said, found, strict=True)), f"other words: {found}"


def inputs(night: Night) -> int:
    """How often they were made."""
    made = {"made active_products", "made filtered_reset"}
    return sum(entry.what in made for entry in night.world.resources.ledger.history(night.on))


@pytest.fixture(scope="module")
def night_at(new_world: NewWorld, instance: dg.DagsterInstance) -> Iterator[Callable[[Stage], Night]]:
    """A night that has come so far; one for all clicks, which change nothing."""
    with ExitStack() as nights:

        @cache
        def made(stage: Stage) -> Night:
            night = nights.enter_context(opened(new_world(**NEW_YORK), instance))
            stage(night)
            return night

        yield made


@out_of_turn
def test_it_ends_in_one_line_and_leaves_nothing_at_hotwax(
    night_at: Callable[[Stage], Night], stage: Stage, click: Click, said: list[str], gate: Gate
) -> None:
    refused(night_at(stage), click, said)


@out_of_turn
def test_without_its_gate_it_would_not(
    new_night: NewNight, monkeypatch: pytest.MonkeyPatch, stage: Stage, click: Click, said: list[str], gate: Gate
) -> None:
    night = new_night()
    stage(night)
    gate(monkeypatch)
    with pytest.raises(AssertionError, match=r"something was delivered|made anew|other words"):
        refused(night, click, said)
