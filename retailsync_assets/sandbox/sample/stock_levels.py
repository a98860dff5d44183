"""How many units of what stand where, in truth and in Retail Pro's books: fixed functions, so every night is known."""

from datetime import date, timedelta
from typing import Final
from zlib import crc32

from retailsync_assets.sandbox.sample.stores_and_products import FACILITY_IDS, SEED_SKUS

# The seed's example and the corners of the rule; every other key is drawn.
_COUNTED: Final = {
    **{(sku, place): units for sku, units in zip(SEED_SKUS, (10, 10, 5), strict=True) for place in FACILITY_IDS[:2]},
    ("HOOD-RED-S", "BOSTON"): 1,
    ("HOOD-RED-M", "BOSTON"): -2,
}
_STEADY: Final = ("TEE-", "SOCK-", "LACE-")


def on_hand(sku: str, facility_id: str, day: date) -> int:
    """Units in Retail Pro's books on that day, perhaps negative. T-shirts and kit parts, which the sample's orders
    are about, stand still between 10 and 19; one key in twelve of the others moves by a unit a day."""
    counted = _COUNTED.get((sku, facility_id))
    if counted is not None:
        return counted
    draw = crc32(f"{sku}|{facility_id}".encode())
    if sku.startswith(_STEADY):
        return 10 + draw % 10
    if draw % 97 == 0:
        return -1 - draw % 3
    if draw % 9 == 0:
        return 0
    return 2 + draw % 24 + (crc32(f"{sku}|{facility_id}|{day}".encode()) % 12 == 0)


def on_hand_in_hotwax(sku: str, facility_id: str, day: date) -> int:
    """Units in HotWax as yesterday's reset left them, before what it shipped since: never below zero."""
    if sku == "C":
        return 0
    return max(0, on_hand(sku, facility_id, day - timedelta(days=1)))
