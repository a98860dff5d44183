"""Over real SFTP: taken as meant, without the rows that break a rule, held, or quarantined; the bytes are kept."""

import hashlib
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from retailsync_assets.config.home import Home
from retailsync_assets_tests.config.sample import merged
from retailsync_assets_tests.end_to_end.nights.bad_inputs import BAD, GOOD, HEADER, WHOLE, Bad
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.site_file import written
from retailsync_assets_tests.end_to_end.nights.world import World

NUMBERS = count(1)


@pytest.fixture(scope="module")
def before(new_world: NewWorld) -> World:
    """The active products are there, the raw file has yet to come; any row may break a rule."""
    world = new_world(limits={"first_night": "pass", "rejected_rows": 1.0})
    world.take()
    return world


@pytest.fixture
def world(before: World, tmp_path: Path) -> Iterator[World]:
    """The same once more: with a copy of its state, nothing in its folders."""
    home = shutil.copytree(before.home.folder, tmp_path / "home")
    site, old = before.resources.site, before.home
    before.open(site, Home(home))
    yield before
    before.open(site, old)
    for folder in (before.inbox, *before.folders.values()):
        for file in folder.glob("*.csv"):
            file.unlink()


@pytest.mark.parametrize("case", BAD, ids=str)
def test_it_ends(world: World, case: Bad) -> None:
    if case.settings:
        settings = merged(world.settings, {"limits": case.settings})
        world.open(written(world.home.folder / "sites.toml", {world.name: settings})[world.name], world.home)
    raw = world.raw_bytes(case.content)
    report = world.take()
    reason, kept = report.lines[0], world.landing / f"{hashlib.sha256(case.content).hexdigest()}.csv"
    assert kept.read_bytes() == raw.read_bytes() == case.content
    if case.ends in ("quarantined", "held"):
        assert (report.state, report.exit_code, world.files("reset")) == ("held", 4, {})
        assert reason.startswith(f"{case.ends}: ")
        assert case.why in reason
        assert reason.isprintable()
    else:
        assert (report.state, report.exit_code) == ("waiting", 3)
        assert world.delivered("reset") == {key: units for key, units in WHOLE.items() if key not in case.without}
    if case.ends == "quarantined":
        (file,) = world.lake("quarantined_files")
        assert (file["file_name"], reason) == (raw.name, f"quarantined: {raw.name}: {file['rule']}")
        return
    found = {row["line"]: row for row in world.lake("quarantined_rows")}
    if case.ends != "held":
        assert {line: row["rule"] for line, row in found.items()} == case.rules
    lines = case.content.splitlines(keepends=True)
    for number, row in found.items():
        assert row["byte_offset"] == sum(map(len, lines[: number - 1]))
        assert row["raw"].isprintable()
    for balance in world.lake("line_balance"):
        parts = (balance[part] for part in ("header", "blank", "loaded", "without_data", "quarantined"))
        assert balance["lines"] == sum(parts) == len(case.content.split(b"\n")) - 1


def test_past_the_limit_rows_hold_the_night(new_world: NewWorld) -> None:
    world = new_world()
    world.raw_bytes(GOOD + b"no record\n")
    held = world.take()
    assert (held.state, world.files("reset")) == ("held", {})
    assert "held: 1 of 7 rows in scope breaks a rule or can't be read (1)" in held.lines


def test_rows_without_data_hold_no_night_and_are_counted_under_rules_of_their_own(new_world: NewWorld) -> None:
    world = new_world()
    world.raw_bytes(GOOD + HEADER + GOOD.removeprefix(HEADER) + b",,\nTOTAL,21\n\n(12 rows affected)\n\x1a")
    report = world.take()
    assert report.state == "waiting", report.lines
    assert world.delivered("reset") == WHOLE
    assert world.lake("quarantined_rows") == []
    counted = {row["rule"]: (row["rows"], row["quarantined"]) for row in world.lake("rule_counts")}
    assert {rule: counts for rule, counts in counted.items() if "zeros" not in rule} == {
        "the header again": (1, 0),
        "an empty record": (1, 0),
        "a footer, no record": (2, 0),
        "an end-of-file mark (Ctrl-Z)": (1, 0),
        "equal to another row of its key": (6, 0),
    }
    (balance,) = world.lake("line_balance")
    parts = tuple(balance[part] for part in ("lines", "header", "blank", "loaded", "without_data", "quarantined"))
    assert parts == (18, 1, 1, 12, 4, 0)
    assert {row["store_code"] for row in world.lake("raw_stores")} == {"S1", "S2"}


def test_two_exports_in_one_that_do_not_agree_hold_the_night(new_world: NewWorld) -> None:
    world = new_world()
    world.raw_bytes(GOOD + GOOD.replace(b",1\n", b",7\n"))
    held = world.take()
    assert (held.state, world.files("reset")) == ("held", {})
    assert "held: 2 of 12 rows in scope break a rule" in held.lines


def test_a_better_file_under_the_same_name_is_taken(world: World) -> None:
    world.raw_bytes(HEADER)
    assert world.take().state == "held"
    world.raw()
    assert world.take().state == "waiting"
    assert len(world.files("reset")) == 1
