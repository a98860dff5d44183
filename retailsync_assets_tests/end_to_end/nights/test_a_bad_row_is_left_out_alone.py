"""One file with every kind of bad row: each is left out under its rule, and named with its line; the others go on."""

from collections.abc import Mapping

import pytest

from retailsync_assets.sandbox.hotwax.rows import Rows
from retailsync_assets_tests.end_to_end.nights.bad_inputs import HEADER, ROWS, Row
from retailsync_assets_tests.end_to_end.nights.catalogue import add_product
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.world import World

UPCS = {row: f"8{number:010}1" for number, row in enumerate(ROWS)}
TEXT = {row: row.text.replace("{upc}", upc) for row, upc in UPCS.items()}


@pytest.fixture(scope="module")
def world(new_world: NewWorld) -> World:
    """The night with that file; past every limit, so that it goes on."""
    world = new_world(skus=(), limits={"first_night": "pass", "rejected_rows": 1.0, "unmatched_active": 1.0})
    products = Rows()
    for number, upc in enumerate(UPCS.values()):
        add_product(products, f"P{number}", upc, f"product {number}")
    world.add(products)
    world.raw_bytes(HEADER + "".join(f"{text}\n" for text in TEXT.values()).encode())
    report = world.take()
    assert (report.state, report.exit_code) == ("waiting", 3), report.lines
    return world


@pytest.fixture(scope="module")
def rules(world: World) -> Mapping[int, str]:
    return {row["line"]: row["rule"] for row in world.lake("quarantined_rows")}


def lines_of(row: Row) -> range:
    before = "".join(f"{text}\n" for text in list(TEXT.values())[: ROWS.index(row)]).count("\n")
    return range(before + 2, before + 2 + TEXT[row].count("\n") + 1)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_it_is_taken_or_left_out_under_its_rule(world: World, rules: Mapping[int, str], row: Row) -> None:
    sent = {upc: units for (_, upc), units in world.delivered("reset").items()}
    assert sent.get(UPCS[row]) == (None if row.rule else 1)
    found = {rules[line] for line in lines_of(row) if line in rules}
    if row.text.endswith(",1.5"):
        found.discard("quantity has a fraction")
    assert found == ({row.rule} if row.rule else set())


def test_each_line_is_named_as_it_came(world: World) -> None:
    content = (HEADER + "".join(f"{text}\n" for text in TEXT.values()).encode()).decode()
    for row in world.lake("quarantined_rows"):
        line = content.encode()[row["byte_offset"] :].decode().split("\n")[0]
        assert line == content.split("\n")[row["line"] - 1]
        assert row["raw"].isprintable()
        assert row["raw"] == "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in line)


def test_all_lines_are_counted_by_rule(world: World) -> None:
    (balance,) = world.lake("line_balance")
    parts = (balance[part] for part in ("header", "blank", "loaded", "without_data", "quarantined"))
    assert balance["lines"] == sum(parts) == 1 + sum(len(lines_of(row)) for row in ROWS)
    counted = {row["rule"]: row["quarantined"] for row in world.lake("rule_counts") if row["quarantined"]}
    listed = [row["rule"] for row in world.lake("quarantined_rows")]
    assert counted == {rule: listed.count(rule) for rule in listed}
