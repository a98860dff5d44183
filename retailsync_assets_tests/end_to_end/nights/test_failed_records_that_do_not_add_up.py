"""HotWax fails rows and does not name them all, or names others: `approve` says that those it names are all."""

from collections.abc import Callable
from pathlib import Path

import pytest

from retailsync_assets_tests.end_to_end.nights.world import World

Spoil = Callable[[World, Path], None]


def one_row_less(world: World, file: Path) -> None:
    file.write_text("".join(file.read_text().splitlines(keepends=True)[:-1]))


def another_name(world: World, file: Path) -> None:
    header, *rows = file.read_text().splitlines(keepends=True)
    file.write_text("".join([header, *rows[:-1], rows[-1].replace("885909950805", "999")]))


def not_readable(world: World, file: Path) -> None:
    file.write_text("<html>502</html>\n")


def gone(world: World, file: Path) -> None:
    file.unlink()


def named_nowhere(world: World, file: Path) -> None:
    world.execute("DELETE FROM DATA_MANAGER_CONTENT WHERE LOG_CONTENT_TYPE_ENUM_ID = 'DmcntError'")


SPOILT: list[tuple[Spoil, str, int]] = [
    (one_row_less, "names 2 rows of", 2),
    (another_name, "names F2, UPCA, 999, which", 2),
    (not_readable, "is no failed-records file of", 0),
    (gone, "is not on its server", 0),
    (named_nowhere, "and names them in no file", 0),
]


def held_for(world: World, spoil: Spoil, why: str, kind: str) -> None:
    """The night is on hold, again and again, and says that `approve` opens it."""
    (file,) = world.folders[kind].glob("error/*")
    spoil(world, file)
    for _ in range(2):
        held = world.take()
        assert (held.exit_code, len(held.lines), why in held.lines[0]) == (4, 1, True)
        assert "; approved, " in held.lines[0]
        assert (held.next_step or "").startswith("retailsync approve")


@pytest.fixture
def world(world: World) -> World:
    """Two units of each product have left F2."""
    world.raw()
    for sku in ("A", "B", "C"):
        world.orders.ship("F2", "-1 09:00", sku)
    world.take()
    return world.at("08:00")


@pytest.mark.parametrize(("spoil", "why", "failed"), SPOILT)
def test_of_a_reset(world: World, spoil: Spoil, why: str, failed: int) -> None:
    with world.unknown_to_hotwax("F2"):
        world.import_files()
    held_for(world, spoil, why, "reset")
    world.approve()
    world.take()
    assert sum(not row["applied"] for row in world.lake("applied_reset")) == failed
    world.at("09:00").take()
    assert len(world.delivered("variance")) == 3 - failed


@pytest.mark.parametrize(("spoil", "why", "failed"), SPOILT[:3])
def test_of_a_variance(world: World, spoil: Spoil, why: str, failed: int) -> None:
    world.import_files()
    world.at("09:00").take()
    with world.unknown_to_hotwax("F2"):
        world.import_files()
    held_for(world, spoil, why, "variance")
    world.approve()
    report = world.take()
    if failed:
        assert report.lines[0].startswith(f"held: HotWax did not apply {failed} rows of")
        world.approve()
        world.take()
        assert len(list(world.files("variance").values())[1]) == failed
        world.import_files()
        report = world.take()
    assert report.state == "complete"


@pytest.mark.parametrize("spoil", [gone, named_nowhere])
def test_where_the_count_is_all_rows_of_the_file_nothing_has_to_name_them(world: World, spoil: Spoil) -> None:
    world.import_files()
    world.at("09:00").take()
    with world.unknown_to_hotwax("F2"):
        world.import_files()
    (file,) = world.folders["variance"].glob("error/*")
    spoil(world, file)
    assert world.take().lines[0].startswith("held: HotWax did not apply 3 rows of")
    world.approve()
    world.take()
    world.import_files()
    assert world.take().state == "complete"
    assert {world.stock()["F2", sku] for sku in "ABC"} == {8}
