"""A raw file's UPC and HotWax's UPCA are the same when they differ in leading zeros only."""

import pytest

from retailsync_assets.sandbox.rows import Rows
from retailsync_assets_tests.nights.catalogue import add_product
from retailsync_assets_tests.nights.world import World

A, B, C = "012345678905", "885909950805", "001234567895"


@pytest.mark.parametrize(
    "written", [("12345678905", B, "1234567895"), (A, B, C), (f"00{A}", f"00{B}", f"  {C}")],
    ids=["zeros lost", "as HotWax has them", "zeros too many"],
)  # fmt: skip
def test_it_is_found_and_sent_in_hotwaxs_spelling(world: World, written: tuple[str, str, str]) -> None:
    rows = [f"{upc},S1,{units}\n" for units, upc in enumerate(written, start=1)]
    world.raw_bytes("".join(["upc,store_code,qty\n", *rows]).encode())
    world.take()
    (reset,) = world.files("reset").values()
    assert [(row["idType"], row["idValue"], row["availableQty"]) for row in reset] == [
        ("UPCA", C, "3"), ("UPCA", A, "1"), ("UPCA", B, "2"),
    ]  # fmt: skip


def test_none_of_two_products_that_share_one_is_sent(world: World) -> None:
    rows = Rows()
    add_product(rows, "30001", A.lstrip("0"), "a second A")
    world.add(rows)
    world.raw()
    world.take()
    assert {sku for _, sku in world.delivered("reset")} == {"B", "C"}
    reported = world.lake("ambiguous_products")
    assert [(row["internal_name"], row["upca"]) for row in reported] == [("A", A), ("a second A", A.lstrip("0"))]


def test_a_barcode_that_is_no_longer_valid_shares_nothing(world: World) -> None:
    rows = Rows()
    add_product(rows, "30001", A.lstrip("0"), "an old A")
    world.add(rows)
    world.execute("UPDATE GOOD_IDENTIFICATION SET THRU_DATE = '2025-11-01 00:00:00.000000' WHERE PRODUCT_ID = '30001'")
    world.raw()
    world.take()
    assert {sku for _, sku in world.delivered("reset")} == {"A", "B", "C"}
