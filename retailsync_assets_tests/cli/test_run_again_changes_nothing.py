import sqlite3
from pathlib import Path
from typing import Any

import pytest

from retailsync_assets_tests.cli.command import Answer
from retailsync_assets_tests.cli.conftest import Played

CONTRACT = ("site", "business_date", "state", "reasons", "stages")


def files(played: Played) -> dict[Path, bytes]:
    """Everything on the SFTP server."""
    root = played.state / "sandbox/sftp"
    return {path.relative_to(root): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def stock(played: Played) -> list[Any]:
    """HotWax's units, and how they came to be."""
    units = "SELECT INVENTORY_ITEM_ID, QUANTITY_ON_HAND_TOTAL, AVAILABLE_TO_PROMISE_TOTAL FROM INVENTORY_ITEM"
    moves = "SELECT INVENTORY_ITEM_ID, INVENTORY_ITEM_DETAIL_SEQ_ID, QUANTITY_ON_HAND_DIFF FROM INVENTORY_ITEM_DETAIL"
    oms = sqlite3.connect(played.state / "sandbox/oms.db")
    found = [oms.execute(f"{rows} ORDER BY 1, 2").fetchall() for rows in (units, moves)]
    oms.close()
    return found


@pytest.fixture(scope="module")
def again(played: Played) -> tuple[Answer, bool, bool]:
    """The answer, and whether files and stock are as they were."""
    before = files(played), stock(played)
    answer = played.retailsync("run", "demo", "--date", str(played.on), "--json")
    return answer, files(played) == before[0], stock(played) == before[1]


def test_it_ends_well(again: tuple[Answer, bool, bool]) -> None:
    assert again[0].code == 0


def test_nothing_is_new_on_sftp(again: tuple[Answer, bool, bool]) -> None:
    assert again[1]


def test_hotwaxs_stock_is_what_it_was(again: tuple[Answer, bool, bool]) -> None:
    assert again[2]


def test_the_document_is_the_contracts_and_all_there_is_on_standard_output(
    again: tuple[Answer, bool, bool], played: Played
) -> None:
    night = again[0].document
    assert list(night) == [*CONTRACT, "next_step", "now", "blocked", "next_due"]
    assert (night["site"], night["business_date"], night["state"]) == ("demo", str(played.on), "complete")
    assert night["reasons"] == []


def test_a_replay_comes_out_as_it_was_delivered_and_takes_nothing_on(played: Played) -> None:
    before = files(played)
    answer = played.retailsync("run", "demo", "--date", str(played.on), "--replay")
    assert answer.code == 0, answer.err
    assert answer.out.splitlines()[0] == f"demo · replay of {played.on} · identical"
    assert files(played) == before
    nothing = played.retailsync("run", "demo", "--date", played.night(-1), "--replay", "--json")
    assert (nothing.code, nothing.document["state"]) == (1, "failed")
    assert "nothing to compare with" in nothing.document["error"]
