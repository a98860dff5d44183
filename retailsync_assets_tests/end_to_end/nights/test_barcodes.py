"""A raw file's UPC and HotWax's UPCA are the same when they differ in leading zeros only."""

from retailsync_assets.sandbox.hotwax.rows import Rows
from retailsync_assets_tests.end_to_end.nights.catalogue import add_product
from retailsync_assets_tests.end_to_end.nights.world import World

A, B, C = "012345678905", "885909950805", "001234567895"


def test_one_is_found_whatever_its_zeros_and_sent_in_hotwaxs_spelling(world: World) -> None:
    world.raw_bytes(f"upc,store_code,qty\n{A.lstrip('0')},S1,1\n00{B},S1,2\n {C} ,S1,3\n".encode())
    world.take()
    (reset,) = world.files("reset").values()
    sent = [(row["idType"], row["idValue"], row["availableQty"]) for row in reset]
    assert sent == [("UPCA", C, "3"), ("UPCA", A, "1"), ("UPCA", B, "2")]


def test_one_that_two_live_products_share_is_sent_for_neither(world: World) -> None:
    rows = Rows()
    add_product(rows, "30001", A.lstrip("0"), "a second A")
    add_product(rows, "30002", f"0{B}", "an old B")
    world.add(rows)
    world.execute("UPDATE GOOD_IDENTIFICATION SET THRU_DATE = '2025-11-01 00:00:00.000000' WHERE PRODUCT_ID = '30002'")
    world.raw()
    world.take()
    assert {sku for _, sku in world.delivered("reset")} == {"B", "C"}
    reported = [(row["internal_name"], row["upca"]) for row in world.lake("ambiguous_products")]
    assert reported == [("A", A), ("a second A", A.lstrip("0"))]
