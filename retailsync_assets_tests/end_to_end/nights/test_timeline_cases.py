"""Each case under both rules: the file is of 07:00, computed at 07:45, applied at 08:00, corrected at 09:00."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from operator import itemgetter
from typing import Any

import pytest

from retailsync_assets.workflow.status import NightStatus
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT, moment
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.timeline import CASES, ELSEWHERE, Case
from retailsync_assets_tests.end_to_end.nights.world import Key, World

DAY_BEFORE, DAY_AFTER = NIGHT - timedelta(days=1), NIGHT + timedelta(days=1)
SIDE_BY_SIDE = [case for case in CASES if not case.settings]
RAW: dict[Key, object] = {**{(case.store, "A"): case.raw for case in SIDE_BY_SIDE}, (ELSEWHERE, "A"): 12}
RESPONSE = """\
order_id,order_item_seq_id,kind,store_code,accepted_at,document_no
O100,00001,INVOICE,S0,2025-11-21T06:40:00Z,7
"""


@dataclass(frozen=True)
class Played:
    """After a night: what its variance files say, what HotWax has, and what `retailsync run` told last."""

    variance: dict[Key, float]
    stock: dict[Key, float]
    report: NightStatus


def told(world: World, on: date = NIGHT) -> Played:
    report = world.take(on)
    return Played(world.delivered("variance", on), world.stock(), report)


def live(world: World, cases: Iterable[Case], raw: dict[Key, object], imported: Callable[[], None]) -> Played:
    """Everything in its order in time, with the clock at each moment."""
    events = [(at, partial(verb, world.orders, case.store, at)) for case in cases for at, verb in case.events]
    program: list[tuple[str, Callable[[], Any]]] = [
        ("07:00", partial(world.raw, raw)),
        ("07:45", world.take),
        ("08:00", imported),
        ("09:00", world.take),
        ("09:00", world.import_files),
    ]
    for instant, happens in sorted(((moment(at), what) for at, what in (*events, *program)), key=itemgetter(0)):
        world.clock.moment = instant
        happens()
    return told(world)


class SideBySide:
    """The cases that need no night of their own, in one world under one rule; each night follows on the one before."""

    def __init__(self, new_world: NewWorld, rule: str) -> None:
        self.world = new_world(
            stores={f"F{number}": f"S{number}" for number in range(1, 23)}, skus=("A", "SOCK-WHT", "LACE-BLK"),
            variance={"rule": rule}, retail_pro={"max_age_hours": 96},
        )  # fmt: skip
        nights = {"plain": self.plain, "again": self.again, "day after": self.day_after, "older": self.older}
        self.played = {name: play() for name, play in nights.items()}

    def plain(self) -> Played:
        def import_but_case_12() -> None:
            with self.world.unknown_to_hotwax("F12"):
                self.world.import_files()

        return live(self.world, SIDE_BY_SIDE, RAW, import_but_case_12)

    def again(self) -> Played:
        """Retail Pro sends the same file once more, a minute later."""
        file = self.world.at("10:00").raw(RAW)
        later = file.stat().st_mtime + 60
        os.utime(file, (later, later))
        return told(self.world)

    def day_after(self) -> Played:
        """The next day's file; one unit was sold elsewhere."""
        self.world.at("+1 07:45").raw({**RAW, (ELSEWHERE, "A"): 11}, as_of="+1 07:00")
        self.world.play(DAY_AFTER)
        return told(self.world, DAY_AFTER)

    def older(self) -> Played:
        """The file of the day before the first one, which had been lost."""
        self.world.raw({**RAW, (ELSEWHERE, "A"): 13}, as_of="-1 07:00")
        return told(self.world, DAY_BEFORE)


class Nights:
    """Every night of both rules, played once, when it is asked for."""

    def __init__(self, new_world: NewWorld) -> None:
        self.new_world = new_world
        self.played = dict[tuple[Any, ...], Played]()

    def of(self, case: Case, rule: str) -> Played:
        if (key := (rule, case.number if case.settings else case.night)) not in self.played:
            if case.settings:
                self.played[key] = self.on_its_own(case, rule)
            else:
                nights = SideBySide(self.new_world, rule).played
                self.played |= {(rule, name): played for name, played in nights.items()}
        return self.played[key]

    def on_its_own(self, case: Case, rule: str) -> Played:
        rules = {"variance": {"rule": rule, **case.settings.get("variance", {})}}
        world = self.new_world(stores={case.store: "S1", "F0": "S0"}, skus=("A", "C"), **{**case.settings, **rules})
        (world.responses / "invoices.csv").write_text(RESPONSE)
        return live(world, [case], {(case.store, "A"): case.raw}, world.import_files)


@pytest.fixture(scope="module")
def nights(new_world: NewWorld) -> Nights:
    return Nights(new_world)


def every_case(rule: str) -> list[Any]:
    return [pytest.param(case, rule, id=f"{case.number} {case.story}, {rule}") for case in CASES]


def at_store(case: Case, units: dict[Key, float]) -> dict[str, float]:
    return {sku: number for (store, sku), number in units.items() if store == case.store}


@pytest.mark.parametrize(("case", "rule"), every_case("strict") + every_case("documented"))
def test_the_variance_is_what_the_rule_says(nights: Nights, case: Case, rule: str) -> None:
    assert at_store(case, nights.of(case, rule).variance) == getattr(case, rule)


@pytest.mark.parametrize(("case", "rule"), every_case("strict"))
def test_the_strict_rule_leaves_hotwax_with_what_stands_there(nights: Nights, case: Case, rule: str) -> None:
    stock = at_store(case, nights.of(case, rule).stock)
    assert {sku: stock[sku] for sku in case.left} == case.left


@pytest.mark.parametrize("rule", ["strict", "documented"])
def test_an_older_snapshot_is_refused(nights: Nights, rule: str) -> None:
    *_, older = CASES
    report = nights.of(older, rule).report
    assert (report.state, report.exit_code) == ("held", 4)
    reason = (
        "refused: RetailPro_Inventory_1_20251120070000.csv: its snapshot is of 2025-11-20T07:00:00Z, not newer than"
    )
    assert report.lines[0].startswith(reason)
