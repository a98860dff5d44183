"""Two product stores of one HotWax share a store and a product: one site serves both, or neither site goes on."""

import pytest

from retailsync_assets.cli.doctor.oms import of_oms
from retailsync_assets.sandbox.hotwax.rows import Rows
from retailsync_assets.sandbox.sample.odd_products import product_id_of
from retailsync_assets_tests.end_to_end.nights.catalogue import LONG_AGO
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.site_file import written
from retailsync_assets_tests.end_to_end.nights.world import World

BOTH = ["STORE", "OUTLET"]


def outlet(world: World, *, product: str = "A", facility: str = "F1") -> None:
    """HotWax's second product store: it sells one product, and one store is assigned to it."""
    rows = Rows()
    rows.add("SHOPIFY_SHOP", SHOP_ID="SHOP2", PRODUCT_STORE_ID="OUTLET", IS_ENABLED="Y")
    rows.add(
        "SHOPIFY_SHOP_PRODUCT", SHOP_ID="SHOP2", SHOPIFY_PRODUCT_ID="2", PRODUCT_ID=product_id_of(product)
    )  # fmt: skip
    rows.add("PRODUCT_STORE_FACILITY", PRODUCT_STORE_ID="OUTLET", FACILITY_ID=facility, FROM_DATE=LONG_AGO)
    world.add(rows)


def test_one_site_serves_both_with_their_stores_and_products_together(new_world: NewWorld) -> None:
    world = new_world(product_store=BOTH)
    outlet(world)
    world.execute("DELETE FROM PRODUCT_STORE_FACILITY WHERE PRODUCT_STORE_ID = 'STORE' AND FACILITY_ID = 'F1'")
    world.execute("DELETE FROM SHOPIFY_SHOP_PRODUCT WHERE SHOP_ID = 'SHOP' AND PRODUCT_ID = :a", a=product_id_of("A"))
    world.raw()
    world.orders.ship("F1", "-1 09:00")
    assert world.play().state == "complete"
    assert set(world.delivered("reset")) == {(store, sku) for store in ("F1", "F2") for sku in ("A", "B", "C")}
    assert world.stock()["F1", "A"] == 8


def beside_an_outlet(world: World, product_store: str | list[str] = "OUTLET") -> None:
    """The same sites.toml has a second site over the same database, for HotWax's other product store."""
    hotwax = {name: f"outlet/{name}" for name in ("reset_folder", "variance_folder", "staging_folder")}
    other = {
        **world.settings,
        "product_store": product_store,
        "subsidiary": "2",
        "hotwax": {**world.settings["hotwax"], **hotwax},
    }
    sites = written(world.folder / "both.toml", {world.name: world.settings, f"{world.name}b": other})
    world.open(sites[world.name], world.home)


def overlap_found_by_doctor(world: World) -> str:
    found = of_oms(world.resources.site, world.resources.oms, world.resources.ledger, world.clock.now())
    (state,) = [each.state for each in found if each.tried == "overlap with other sites"]
    return state


def test_two_sites_that_would_deduct_the_same_unit_are_on_hold_and_named(new_world: NewWorld) -> None:
    world = new_world()
    outlet(world)
    beside_an_outlet(world)
    world.raw()
    world.orders.ship("F1", "-1 09:00")
    held = world.take()
    assert (held.state, held.exit_code) == ("held", 4)
    (line,) = held.lines
    assert line.startswith(f"held: sites {world.name} and {world.name}b share 1 store (first F1)")
    assert "product_store" in line
    assert overlap_found_by_doctor(world) == "fail"
    assert world.files("reset") == {}


@pytest.mark.parametrize(
    "apart",
    [
        "UPDATE PRODUCT_STORE_FACILITY SET THRU_DATE = '2025-02-01' WHERE PRODUCT_STORE_ID = 'OUTLET'",
        "DELETE FROM SHOPIFY_SHOP_PRODUCT WHERE SHOP_ID = 'SHOP2'",
        "UPDATE SHOPIFY_SHOP SET IS_ENABLED = 'N' WHERE SHOP_ID = 'SHOP2'",
    ],
    ids=["another store", "another product", "a shop that is closed"],
)
def test_those_that_share_one_of_the_two_only_go_on(new_world: NewWorld, apart: str) -> None:
    world = new_world()
    outlet(world)
    world.execute(apart)
    beside_an_outlet(world)
    world.raw()
    assert world.take().state == "waiting"
    assert overlap_found_by_doctor(world) == "ok"
