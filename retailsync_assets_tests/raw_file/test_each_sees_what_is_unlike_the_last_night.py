from collections.abc import Mapping
from datetime import timedelta

import pytest

from retailsync_assets.config.settings import Limits
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.end_to_end.nights.outside import Key

NEXT = NIGHT + timedelta(days=1)
WIDE_OPEN = {
    name: 1.0 if isinstance(field.default, float) else 10**6
    for name, field in Limits.model_fields.items()
    if name != "first_night"
} | {"first_night": "pass"}
UNSOLD = ("F1", "SOCK-WHT")


@pytest.mark.parametrize(
    ("name", "limit", "raw", "why"),
    [
        ("raw_rows_drop", 0.16, {("F1", "A"): None}, "the raw file has 5 rows, the median is 6"),
        ("raw_rows_rise", 0.16, {UNSOLD: 4}, "the raw file has 7 rows, the median is 6"),
        ("reset_rows_change", 0.16, {("F1", "A"): None}, "the reset has 5 rows, 6 in the last run"),
        (
            "stores_missing",
            0.4,
            {("F2", "A"): None, ("F2", "B"): 0, ("F2", "C"): 0},
            "1 of 2 stores with inventory in the last run is missing from the raw file or all zero",
        ),
        ("keys_changed", 0.3, {("F1", "A"): 11, ("F2", "B"): 9}, "2 of 6 SKU-locations change"),
        ("keys_newly_zero", 0.16, {("F1", "A"): 0}, "1 of 6 SKU-locations falls to zero"),
        ("keys_newly_negative", 0.16, {("F1", "A"): -1}, "1 of 6 SKU-locations falls below zero"),
        (
            "unmatched_active",
            0.3,
            {("F1", "B"): None, ("F2", "B"): None},
            "the raw file lacks 1 of 3 active products",
        ),
    ],
)
def test_it_holds_the_night(new_world: NewWorld, name: str, limit: float, raw: Mapping[Key, object], why: str) -> None:
    world = new_world(limits=WIDE_OPEN | {name: limit})
    world.raw()
    assert world.play().state == "complete"
    world.at("+1 07:45").raw(raw, as_of="+1 07:00")
    held = world.take(NEXT)
    assert (held.state, held.lines, world.files("reset", NEXT)) == ("held", (f"held: {why}",), {})
    world.approve(NEXT)
    assert world.take(NEXT).state == "waiting"
    assert len(world.files("reset", NEXT)) == 1


def test_products_that_are_gone_from_the_list_are_seen(new_world: NewWorld) -> None:
    world = new_world(limits=WIDE_OPEN | {"active_products_drop": 0.3})
    world.raw()
    assert world.play().state == "complete"
    world.execute("DELETE FROM SHOPIFY_SHOP_PRODUCT WHERE PRODUCT_ID = (SELECT MAX(PRODUCT_ID) FROM PRODUCT)")
    world.at("+1 07:45").raw({("F1", "A"): 9}, as_of="+1 07:00")
    held = world.take(NEXT)
    assert (held.state, held.lines) == ("held", ("held: HotWax has 2 active products, 3 in the last run",))
