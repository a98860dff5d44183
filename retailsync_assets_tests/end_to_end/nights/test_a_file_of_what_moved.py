"""`kind = "delta"`: Retail Pro's file has only the keys that moved since the day before."""

from datetime import timedelta

from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld


def test_only_its_keys_are_set_and_corrected_and_no_breaker_minds_how_few_they_are(new_world: NewWorld) -> None:
    world = new_world(retail_pro={"kind": "delta"}, limits={"first_night": "pass", "keys_changed": 1})
    world.raw()
    assert world.play().state == "complete"
    world.orders.ship("F1", "09:30")
    world.orders.ship("F2", "09:30")
    tomorrow = NIGHT + timedelta(days=1)
    rest: dict[tuple[str, str], object] = {(store, sku): None for store in ("F1", "F2") for sku in ("A", "B", "C")}
    world.at("+1 07:45").raw({**rest, ("F1", "A"): 10}, as_of="+1 07:00")
    assert world.play(tomorrow).state == "complete"
    assert world.delivered("reset", tomorrow) == {("F1", "A"): 10}
    assert world.delivered("variance", tomorrow) == {("F1", "A"): -2}
    stock = world.stock()
    assert (stock["F1", "A"], stock["F2", "A"], stock["F2", "B"]) == (8, 8, 10)
    missing = [row for row in world.lake("unmatched_keys", tomorrow) if row["reason"] == "not in the raw file"]
    assert len(missing) == 5
