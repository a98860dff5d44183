import re
import shlex
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from retailsync_assets_tests.cli.conftest import Played


def tables(text: str) -> dict[str, list[tuple[str, int, int]]]:
    """Title → SKU, New York, Nashville; from the drawn tables."""
    found: dict[str, list[tuple[str, int, int]]] = {}
    for block in re.split(r"\n\n", text):
        rows = re.findall(r"│ (\w) +│ +(-?\d+) │ +(-?\d+) │", block)
        if rows:
            title = " ".join(line.strip() for line in block.splitlines() if line[:1].isalpha())
            found[title] = [(sku, int(new_york), int(nashville)) for sku, new_york, nashville in rows]
    return found


def test_from_an_empty_folder_it_ends_well_and_says_nothing_else(played: Played) -> None:
    assert played.answer.code == 0
    assert played.answer.err == ""
    assert "complete" in played.answer.out


@pytest.mark.parametrize(
    "title, rows",
    [
        ("Inventory reset file (as HotWax archived it)", [("A", 10, 10), ("B", 10, 10), ("C", 5, 5)]),
        ("HotWax after the reset", [("A", 10, 10), ("B", 10, 10), ("C", 5, 5)]),
        ("Inventory variance file (as HotWax archived it)", [("A", -2, 0), ("B", -2, 0), ("C", 0, 0)]),
        ("HotWax after the variance", [("A", 8, 10), ("B", 8, 10), ("C", 5, 5)]),
    ],
)
def test_it_shows_the_seeds_tables(played: Played, title: str, rows: list[tuple[str, int, int]]) -> None:
    assert tables(played.answer.out)[title] == rows


def test_every_stage_is_told_in_its_order(played: Played) -> None:
    told = re.findall(r"✔ (\w+)", played.answer.out.partition("complete")[2])
    assert told[0] == "raw_reset_file"
    assert told[-1] == "applied_inventory"
    assert len(told) == len(set(told)) >= 8


def test_every_line_of_the_run_is_of_another_asset_or_says_which_it_is(played: Played) -> None:
    run = played.answer.out.partition("· complete")[0]
    lines = re.findall(r"✔ (\w+) .* s(?:  (preview|final))?(?:  .*)?$", run, re.MULTILINE)
    assert len(lines) == len(set(lines)) == 14
    twice = {asset for asset, edition in lines if edition}
    assert twice == {"pos_acknowledgements", "partial_shipment_variance", "unacknowledged_shipments"}
    assert {(asset, edition) for asset in twice for edition in ("preview", "final")} <= set(lines)


def test_it_ends_with_what_to_look_at_and_each_of_it_is_there(played: Played) -> None:
    places = [line.split("  ")[-1].strip() for line in played.answer.out.partition("Next steps:\n")[2].splitlines()]
    report, dev, *questions = places
    assert Path(unquote(urlsplit(report).path)).read_text().startswith("<!doctype html>")
    assert dev.endswith("retailsync dev")
    for question in questions:
        _, command, *words = shlex.split(question)
        answer = played.retailsync(command, *words, "--json")
        assert answer.code == 0, answer.err
        assert answer.document
    assert [shlex.split(question)[1] for question in questions] == ["explain", "query"]


def test_all_of_its_state_is_in_one_folder_for_this_user_alone(played: Played) -> None:
    assert [path.name for path in played.retailsync.home.iterdir()] == [".retailsync"]
    assert played.state.stat().st_mode & 0o077 == 0
