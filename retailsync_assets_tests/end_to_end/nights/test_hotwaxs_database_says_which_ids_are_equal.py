"""Rows that name stores, products, orders and shipments in other letters than their own tables do, on a MariaDB."""

import pytest

from retailsync_assets.sandbox.sample.odd_products import product_id_of
from retailsync_assets_tests.end_to_end.nights.clock import moment
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.world import World
from retailsync_assets_tests.servers.mariadb import MariaDB

STORES = {"Broadway": "S1", "SOHO": "S2", "F3": "S3"}
OTHERWISE = {"Broadway": "BROADWAY ", "SOHO": "soho", "F3": "f3"}
OTHER_LETTERS = {
    "INVENTORY_ITEM_ID": ("INVENTORY_ITEM_DETAIL",),
    "ORDER_ID": ("ORDER_ITEM", "ORDER_SHIPMENT", "ORDER_ITEM_SHIP_GROUP", "ORDER_FULFILLMENT_HISTORY"),
    "SHIPMENT_ID": ("SHIPMENT_ITEM", "ORDER_SHIPMENT", "SHIPMENT_STATUS"),
}


def rename(world: World, column: str, *names: tuple[str, str], tables: tuple[str, ...]) -> None:
    """In rows that refer to something, and not in the table of its own."""
    for table in tables:
        for old, new in names:
            world.execute(f"UPDATE {table} SET {column} = :new WHERE {column} = :old", new=new, old=old)


AS_THE_ITEM = """\
UPDATE INVENTORY_ITEM_DETAIL AS detail
JOIN INVENTORY_ITEM AS item ON item.INVENTORY_ITEM_ID = detail.INVENTORY_ITEM_ID
SET detail.INVENTORY_ITEM_ID = item.INVENTORY_ITEM_ID"""


def in_other_letters(world: World, *columns: str) -> None:
    for column in columns:
        for table in OTHER_LETTERS[column]:
            world.execute(f"UPDATE {table} SET {column} = CONCAT(LOWER({column}), ' ')")


def import_files(world: World) -> None:
    """The sandbox's HotWax knows a shelf and its item by their very letters, so they have them for this moment."""
    rename(world, "FACILITY_ID", *((new, old) for old, new in OTHERWISE.items()), tables=("INVENTORY_ITEM",))
    world.execute(AS_THE_ITEM)
    world.import_files()
    rename(world, "FACILITY_ID", *OTHERWISE.items(), tables=("INVENTORY_ITEM",))
    in_other_letters(world, "INVENTORY_ITEM_ID")


@pytest.fixture(scope="module")
def world(new_world: NewWorld, mariadb: MariaDB) -> World:
    """Two units left each store; the second one's are acknowledged, and at the third one a till has sold since."""
    world = new_world(oms_url=mariadb.database(), stores=STORES, skus=("A",), variance={"replay_movements": True})
    product = product_id_of("A")
    rename(world, "PRODUCT_ID", (product, "P06-Xl"), tables=("PRODUCT",))
    listed = ("GOOD_IDENTIFICATION", "SHOPIFY_SHOP_PRODUCT", "INVENTORY_ITEM")
    rename(world, "PRODUCT_ID", (product, "p06-XL "), tables=listed)
    for store in STORES:
        world.orders.ship(store, "-1 09:00")
    rename(world, "PRODUCT_ID", (product, "P06-XL"), tables=("ORDER_ITEM", "SHIPMENT_ITEM"))
    world.orders.acknowledge("SOHO", "-1 12:00")
    world.orders.move("F3", "A", -1, moment("07:20"), "POS_SALE")
    rename(world, "FACILITY_ID", *OTHERWISE.items(), tables=("PRODUCT_STORE_FACILITY", "INVENTORY_ITEM"))
    rename(world, "ORIGIN_FACILITY_ID", *OTHERWISE.items(), tables=("SHIPMENT",))
    in_other_letters(world, *OTHER_LETTERS)
    world.raw()
    world.take()
    import_files(world.at("08:00"))
    world.at("09:00").take()
    import_files(world)
    report = world.take()
    assert report.state == "complete", report.lines
    return world


def test_every_store_is_reset_and_what_left_it_is_deducted(world: World) -> None:
    assert world.delivered("reset") == {(store, "A"): 10 for store in STORES}
    assert world.delivered("variance") == {("Broadway", "A"): -2, ("F3", "A"): -3}


def test_the_lake_has_the_spelling_of_facility_and_product(world: World) -> None:
    for table in (
        "stores",
        "filtered_reset",
        "shipped_lines",
        "erased_movements",
        "applied_reset",
        "applied_inventory",
    ):
        rows = world.lake(table)
        assert rows
        assert {row["facility_id"] for row in rows} <= set(STORES), table
        assert {row.get("product_id", "P06-Xl") for row in rows} == {"P06-Xl"}, table


def test_when_it_was_set_is_read_of_its_own_row(world: World) -> None:
    assert {str(row["applied_at"]) for row in world.lake("applied_reset")} == {"2025-11-21 08:00:00"}
    assert {row["earliest_at"] == row["applied_at"] for row in world.lake("applied_reset")} == {True}


def test_what_stands_there_is_read_back(world: World) -> None:
    found = {row["facility_id"]: (row["hotwax_quantity"], row["status"]) for row in world.lake("applied_inventory")}
    assert found == {"Broadway": (8, "exact"), "SOHO": (10, "exact"), "F3": (7, "exact")}


def test_an_order_in_two_spellings_is_one(world: World) -> None:
    assert len({row["order_id"] for row in world.lake("shipped_lines")}) == len(STORES)
    assert all(row["order_id"].startswith("O") for row in world.lake("shipped_lines"))
