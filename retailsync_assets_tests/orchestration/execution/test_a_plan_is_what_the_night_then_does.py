import pytest
from sqlalchemy import create_engine, text

from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.world import World
from retailsync_assets_tests.orchestration.execution.conftest import planned

RAW: dict[tuple[str, str], object] = {
    ("F1", "A"): 12, ("F1", "B"): -3, ("F1", "C"): 0, ("F2", "A"): 10, ("F2", "B"): 4, ("F2", "C"): None,
}  # fmt: skip


@pytest.fixture
def busy(new_world: NewWorld) -> World:
    """Up, down to zero, below zero, out of the raw file, empty until now; and shipped, but not known to Retail Pro."""
    world = new_world(shelves={("F2", "A"): 0})
    world.raw(RAW)
    world.orders.ship("F2", "-1 09:00", sku="B")
    return world


def test_the_stock_it_says_is_the_stock_that_comes(busy: World) -> None:
    plan = planned(busy)
    expected = {(row["facility_id"], row["internal_name"]): float(row["target_quantity"]) for row in plan.changes}
    before = busy.stock()
    changes = {(row["facility_id"], row["internal_name"]): row["change"] for row in plan.changes}
    assert busy.play().state == "complete"
    after = busy.stock()
    assert {key: after[key] for key in expected} == expected
    assert {key: after[key] - before[key] for key in changes} == changes
    assert not any(row["change"] for row in planned(busy).changes)


def test_it_counts_by_store_and_by_product(busy: World) -> None:
    plan = planned(busy)
    ways = ("keys", "changed", "units_up", "units_down", "newly_zero", "newly_in_stock", "negative", "unmatched")
    assert [plan.totals[way] for way in ways] == [5, 5, 12, -26, 2, 1, 1, 1]
    stores = {row["facility_id"]: [row[way] for way in ways] for row in plan.stores}
    assert stores == {"F1": [3, 3, 2, -20, 2, 0, 1, 0], "F2": [2, 2, 10, -6, 0, 1, 0, 1]}
    products = {row["internal_name"]: [row[way] for way in ways] for row in plan.products}
    assert products == {
        "A": [2, 2, 12, 0, 0, 1, 0, 0], "B": [2, 2, 0, -16, 1, 0, 1, 0], "C": [1, 1, 0, -10, 1, 0, 0, 1],
    }  # fmt: skip
    changes = [(row["facility_id"], row["internal_name"], row["change"]) for row in plan.top_changes(3)]
    assert changes == [("F1", "C", -10), ("F1", "B", -10), ("F2", "A", 10)]


def test_it_names_the_breakers_that_would_hold_the_night(new_world: NewWorld) -> None:
    world = new_world(limits={"first_night": "hold"})
    world.raw({("F1", "A"): "some"})
    plan = planned(world)
    assert [line.partition(":")[0] for line in plan.held] == ["first_night", "rejected_rows"]
    assert plan.quarantined_rows == 1
    assert not plan.is_held
    assert world.resources.ledger.night_state(world.clock.now().date()).holds == ()
    world.take()
    assert planned(world).is_held
    world.approve()
    plan = planned(world)
    assert (plan.held, plan.is_held) == ((), False)
    assert [line.partition(":")[0] for line in plan.approved] == ["first_night", "rejected_rows"]


def test_it_compares_with_the_night_before(new_world: NewWorld) -> None:
    world = new_world()
    world.raw()
    world.play()
    world.at("+1 07:45").raw(dict.fromkeys([("F1", "A"), ("F1", "B"), ("F2", "A")], 3), as_of="+1 07:00")
    plan = planned(world, world.clock.now().date())
    assert [line.partition(":")[0] for line in plan.held] == ["keys_changed"]


@pytest.fixture
def ledger_on_mariadb(new_world: NewWorld, mariadb_url: str, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setenv("RETAILSYNC_LEDGER", mariadb_url)
    return new_world()


def test_a_ledger_on_mariadb_is_copied_too(ledger_on_mariadb: World, mariadb_url: str) -> None:
    world = ledger_on_mariadb
    world.raw({("F1", "A"): 12})
    world.take()
    engine = create_engine(mariadb_url)
    with engine.connect() as connection:
        entries = connection.execute(text("SELECT COUNT(*) FROM event")).scalar()
        assert planned(world).is_out
        assert connection.execute(text("SELECT COUNT(*) FROM event")).scalar() == entries
    engine.dispose()
    assert Ledger(mariadb_url, world.name).night_state(world.clock.now().date()).snapshot is not None
