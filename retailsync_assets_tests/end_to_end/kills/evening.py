"""The evening before: what Retail Pro exported, what left HotWax's stores, and the stock that has to come of it."""

from pathlib import Path

from retailsync_assets_tests.end_to_end.nights.world import Key, World
from retailsync_assets_tests.servers.openssh import OpenSSH

SITE = "shop"
COUNTED: dict[Key, int] = {
    ("F1", "A"): 11,
    ("F1", "B"): 12,
    ("F1", "C"): 13,
    ("F2", "A"): 0,
    ("F2", "B"): -2,
    ("F2", "C"): 7,
}
"""Retail Pro's units."""

SHIPPED: dict[Key, int] = {("F1", "A"): 2, ("F2", "C"): 3}
"""Units of orders that are still open: Retail Pro does not know that they left."""

FINAL_STOCK: dict[Key, float] = {key: max(units, 0) - SHIPPED.get(key, 0) for key, units in COUNTED.items()}
"""What HotWax has to have in the morning, by the seed's rule and by nothing of the product's."""


def evening(folder: Path, server: OpenSSH) -> World:
    """A reset in two files, a variance in one, and no hour's rest between: one run takes the night to its end."""
    folder.mkdir()
    world = World(folder, server, SITE, hotwax={"max_rows_per_file": 4}, variance={"minutes_after_reset": 0})
    world.raw(COUNTED)
    for (facility, sku), units in SHIPPED.items():
        world.orders.ship(facility, "-1 09:00", sku, units)
    return world
