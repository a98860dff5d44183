"""HotWax's log contradicts itself, the file, or what it said before: a person decides, and nothing is applied twice."""

import shutil
from datetime import timedelta

import pytest

from retailsync_assets.delivery.import_verdict import NEVER
from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets.ledger.models import DeliveryKind, DeliveryState
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.world import World


class Killed(BaseException):
    """As SIGKILL: nothing catches it."""


@pytest.fixture
def out(world: World) -> World:
    """The variance of two units lies in HotWax's folder."""
    world.take()
    world.at("08:00").import_files()
    world.at("09:00").take()
    return world


def given_again(world: World) -> None:
    """HotWax, or somebody there, has the variance imported once more."""
    (file,) = world.folders["variance"].glob("archive/*.csv")
    shutil.copy(file, world.folders["variance"] / file.name)


@pytest.mark.parametrize("failed", ["import", "row"])
def test_its_verdict_on_a_file_and_the_hold_are_entered_as_one(out: World, failed: str) -> None:
    if failed == "import":
        out.import_ends("SERVICE_FAILED")
    else:
        with out.unknown_to_hotwax("F1"):
            out.import_files()

    def die(*_: object) -> None:
        raise Killed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Ledger, "_hold", die)
        with pytest.raises(Killed):
            out.take()
    assert out.resources.ledger.night_state(NIGHT).deliveries[-1].state is DeliveryState.PUBLISHED
    assert (out.take().state, out.stock()["F1", "A"]) == ("held", 10)


@pytest.mark.parametrize(
    "then", [("SERVICE_CRASHED", None), (None, "SERVICE_CANCELLED")], ids=["crash first", "finish first"]
)
def test_one_of_its_imports_finished_so_the_file_was_applied(out: World, then: tuple[str | None, str | None]) -> None:
    for number, ending in enumerate(then):
        out.import_ends(ending) if ending else out.import_files()
        if number == 0:
            out.at("09:05").take()
            given_again(out)
    assert out.at("09:10").take().state == "complete"
    files = out.resources.ledger.night_state(NIGHT).current_deliveries(DeliveryKind.VARIANCE)
    assert ([each.seq for each in files], out.stock()["F1", "A"]) == ([1], 8)


def test_two_of_its_imports_finished_so_a_person_hears_that_the_file_was_applied_twice(out: World) -> None:
    out.import_files()
    given_again(out)
    out.import_files()
    held = out.take()
    assert (held.exit_code, len(held.lines)) == (4, 1)
    assert "2 times: it may have been applied twice" in held.lines[0]
    out.approve()
    assert out.take().state == "complete"


def test_an_import_that_finished_runs_once_more_so_nothing_is_made_of_the_first(world: World) -> None:
    world.take()
    world.at("08:00").import_files()
    (file,) = world.folders["reset"].glob("archive/*.csv")
    shutil.copy(file, world.folders["reset"] / file.name)
    world.poll()
    assert world.at("09:30").take().exit_code == 4
    world.approve()
    assert (world.take().exit_code, world.files("variance")) == (3, {})
    world.process()
    assert (world.at("10:29").take().exit_code, world.files("variance")) == (3, {})
    world.at("10:30").take()
    assert len(world.files("variance")) == 1


def test_it_counts_other_rows_than_the_file_has(world: World) -> None:
    world.take()
    world.at("08:00").import_files()
    world.execute("UPDATE DATA_MANAGER_LOG SET TOTAL_RECORD_COUNT = 2")
    held = world.at("09:00").take()
    assert (held.state, held.exit_code, world.files("variance")) == ("held", 4, {})
    assert "counts 2 rows of ResetInventory_" in held.lines[0]
    world.approve()
    world.take()
    assert len(world.files("variance")) == 1


def test_a_failed_row_that_was_never_sent_is_named(world: World) -> None:
    world.take()
    world.at("08:00")
    with world.unknown_to_hotwax("F1"):
        world.import_files()
    (file,) = world.folders["reset"].glob("error/*")
    file.write_text(file.read_text().replace(",0123", ",9123"))
    held = world.at("09:00").take()
    assert (held.state, world.files("variance")) == ("held", {})
    assert "names F1, UPCA, 912345678905, which ResetInventory_" in held.lines[0]
    world.approve()
    world.take()
    failed = {(row["facility_id"], row["upca"]) for row in world.lake("applied_reset") if not row["applied"]}
    assert failed == {("F1", "001234567895"), ("F1", "885909950805")}


def test_it_never_says_a_word_and_a_person_says_what_became_of_the_file(out: World) -> None:
    (file,) = out.folders["variance"].glob("*.csv")
    file.rename(file.parent / "archive" / file.name)
    assert out.take().state == "waiting"
    out.clock.moment += NEVER
    held = out.take()
    assert "12 hours later its log has no word of it" in held.lines[0]
    out.approve()
    out.take()
    assert len(out.files("variance")) == 2
    out.import_files("variance")
    out.clock.moment += timedelta(minutes=1)
    assert (out.take().state, out.stock()["F1", "A"]) == ("complete", 8)
