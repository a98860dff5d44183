from collections.abc import Callable

import pytest

from retailsync_assets.raw_file.landing import landed_file
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld

PLAIN = "upc,store_code,qty\n12345678905,S1,1\n885909950805,S1,2\n1234567895,S1,3\n12345678905,S2,4\n"
COLUMNS = {"upc": "Artículo", "store": "Tienda", "quantity": "Existencia"}


def with_more_columns(text: str) -> str:
    """Other columns in between, quoted text in them, and the three in another order."""
    rows = (line.split(",") for line in text.splitlines())
    return "".join(f'"CAP, ""BIG""",{units},{upc},12" TV,{store}\n' for upc, store, units in rows)


@pytest.mark.parametrize(
    ("settings", "change"),
    [
        ({}, lambda text: text.replace("\n", "\r\n").encode("utf-8-sig")),
        ({}, lambda text: with_more_columns(text).encode()),
        ({}, lambda text: text.replace(",", '","').replace("\n", '"\n"').removesuffix('"').join(['"', ""]).encode()),
        ({}, lambda text: text.replace(",1\n", ",1.0\n\n").encode()),
        ({"delimiter": "|"}, lambda text: text.replace(",", "|").encode()),
        (
            {"encoding": "cp1252", "columns": COLUMNS},
            lambda text: text.replace("upc,store_code,qty", "Artículo,Tienda,Existencia").encode("cp1252"),
        ),
    ],
    ids=["BOM and CRLF", "more columns", "quoted", "1.0 and a blank line", "pipe", "cp1252"],
)
def test_it_is_read_as_the_plain_file_is(
    new_world: NewWorld, settings: dict[str, object], change: Callable[[str], bytes]
) -> None:
    world = new_world(retail_pro=settings)
    world.raw_bytes(change(PLAIN))
    assert world.take().state == "waiting"
    assert world.delivered("reset") == {("F1", "A"): 1, ("F1", "B"): 2, ("F1", "C"): 3, ("F2", "A"): 4}


def test_a_copy_in_utf_8_that_changed_meanwhile_is_made_anew(new_world: NewWorld) -> None:
    world = new_world(retail_pro={"encoding": "cp1252", "columns": COLUMNS})
    world.raw_bytes(PLAIN.replace("upc,store_code,qty", "Artículo,Tienda,Existencia").encode("cp1252"))
    world.take()
    snapshot = world.resources.ledger.night_state(NIGHT).snapshot
    assert snapshot is not None
    for _ in range(2):
        copy = landed_file(world.landing, snapshot, "cp1252").text
        assert copy.read_text("utf-8").endswith(PLAIN.partition("\n")[2])
        copy.write_bytes(copy.read_bytes().replace(b"S1,1", b"S1,9"))
