"""HotWax's UPCAs and store codes with what pasting leaves around them: read as the raw file's, sent as they stand."""

import pytest

from retailsync_assets_tests.end_to_end.nights.catalogue import UPCAS
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld

AROUND = ["{}\r", "{}\n", "{}\r\n", "\t{}", "\ufeff{}", " {} ", "{}\u00a0", "\u200b{}\t", "{}\v"]


@pytest.mark.parametrize("around", AROUND, ids=ascii)
def test_a_upca_is_found_in_the_raw_file_and_sent_as_hotwax_has_it(new_world: NewWorld, around: str) -> None:
    world = new_world()
    odd = around.format(UPCAS["C"])
    rename = "UPDATE GOOD_IDENTIFICATION SET ID_VALUE = :odd WHERE ID_VALUE = :plain"
    world.execute(rename, odd=odd, plain=UPCAS["C"])
    world.raw()
    assert world.take().state == "waiting"
    assert {row["upca"] for row in world.lake("filtered_reset")} == {UPCAS["A"], UPCAS["B"], odd}
    assert world.lake("unmatched_keys") == []


def test_one_that_differs_by_nothing_else_names_two_products(new_world: NewWorld) -> None:
    world = new_world()
    rename = "UPDATE GOOD_IDENTIFICATION SET ID_VALUE = :odd WHERE ID_VALUE = :plain"
    world.execute(rename, odd=f"{UPCAS['A']}\r\n", plain=UPCAS["C"])
    world.raw()
    world.take()
    assert {row["upca"] for row in world.lake("ambiguous_products")} == {UPCAS["A"], f"{UPCAS['A']}\r\n"}


@pytest.mark.parametrize("around", AROUND, ids=ascii)
def test_a_store_is_found_too(new_world: NewWorld, around: str) -> None:
    world = new_world()
    world.execute("UPDATE FACILITY SET EXTERNAL_ID = :odd WHERE EXTERNAL_ID = 'S1'", odd=around.format("S1"))
    world.raw()
    assert world.take().state == "waiting"
    assert [row["facility_id"] for row in world.lake("filtered_reset")] == ["F1"] * 3 + ["F2"] * 3


def test_a_store_in_other_letters_is_that_store_and_told_of(new_world: NewWorld) -> None:
    world = new_world(stores={"F1": "NSH", "F2": "S2"})
    raw = world.raw()
    raw.write_bytes(raw.read_bytes().replace(b",NSH,", b",nsh,"))
    assert world.take().state == "waiting"
    assert world.delivered("reset") == {(store, sku): 10 for store in ("F1", "F2") for sku in "ABC"}
    counted = {row["rule"]: (row["rows"], row["quarantined"]) for row in world.lake("rule_counts")}
    assert counted["store code in other letters"] == (3, 0)
    told = world.check("filtered_reset", "in_scope_rows_valid")
    assert told.passed
    assert "; store codes in another case, read as HotWax's: nsh as F1" in str(told.description)


@pytest.mark.parametrize("codes", [("NSH", "nsh"), ("NSH", " Nsh\t"), ("S1", "S1\r\n")], ids=ascii)
def test_two_stores_alike_but_for_case_or_blanks_hold_the_night(new_world: NewWorld, codes: tuple[str, str]) -> None:
    world = new_world(stores=dict(zip(("F1", "F2"), codes, strict=True)))
    world.raw()
    held = world.take()
    assert (held.state, world.files("reset")) == ("held", {})
    assert held.lines[0].startswith(f"held: two stores have the same FACILITY.EXTERNAL_ID {codes[0]}")
