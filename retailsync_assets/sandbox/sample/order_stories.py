"""The sample's orders: the seed's example, then one order for each way in which a deduction goes right or wrong."""

from typing import Final

from retailsync_assets.sandbox.sample.odd_products import KIT
from retailsync_assets.sandbox.sample.orders import Line, Note, Parcel, Story, Unit
from retailsync_assets.sandbox.sample.stores_and_products import FACILITY_IDS, OUTLET

_JUST_AFTER: Final = -1 / 3600
_LATER: Final = -2 / 3600


def _whole(facility: str, hours: float, *quantities: int, **more: str) -> Parcel:
    """A parcel with that many units of line 1, line 2, …"""
    units = tuple(Unit(line, quantity) for line, quantity in enumerate(quantities, start=1) if quantity)
    return Parcel(facility, units, hours, **more)


SEED_ORDER: Final = Story(
    "The seed's order",
    (Line("A", 2, facility="NEW_YORK"), Line("B", 2, facility="NEW_YORK"), Line("C", 2, "ITEM_APPROVED")),
    (_whole("NEW_YORK", 22, 2, 2),),
    status="ORDER_APPROVED",
    placed=22.5,
    owed={("A", "NEW_YORK"): 2, ("B", "NEW_YORK"): 2},
)

STORIES: Final = (
    SEED_ORDER,
    Story("Acknowledged before the snapshot", (Line("TEE-RED-S", 2),), (_whole("BOSTON", 30, 2),), (Note(29, 1, 1),)),
    Story(
        "Acknowledged after the snapshot", (Line("TEE-RED-M", 3),), (_whole("BOSTON", 1, 3),), (Note(_LATER, 1, 1),),
        owed={("TEE-RED-M", "BOSTON"): 3},
    ),
    Story("Never acknowledged", (Line("TEE-RED-L"),), (_whole("DALLAS", 40, 1),), owed={("TEE-RED-L", "DALLAS"): 1}),
    Story(
        "Never acknowledged, the same shelf", (Line("TEE-RED-L", 2),), (_whole("DALLAS", 20, 2),),
        owed={("TEE-RED-L", "DALLAS"): 2},
    ),
    Story(
        "Stuck for five weeks", (Line("TEE-RED-M"),), (_whole("SEATTLE", 35 * 24, 1),), placed=36 * 24,
        owed={("TEE-RED-M", "SEATTLE"): 1},
    ),
    Story(
        "Shopify knows, Retail Pro does not", (Line("TEE-RED-XL", 2),), (_whole("DALLAS", 10, 2),),
        (Note(9, 1, 1, system="SHOPIFY"),), owed={("TEE-RED-XL", "DALLAS"): 2},
    ),
    Story(
        "Acknowledged as a whole order", (Line("TEE-BLU-S"), Line("TEE-BLU-M", 2)), (_whole("AUSTIN", 26, 1, 2),),
        (Note(25),),
    ),
    Story(
        "One shipment of two acknowledged, without naming the line", (Line("TEE-BLU-L", 2),),
        (_whole("MIAMI", 28, 1), _whole("SEATTLE", 27, 1)), (Note(26, parcel=1),), owed={("TEE-BLU-L", "SEATTLE"): 1},
    ),
    Story(
        "One line of two acknowledged", (Line("TEE-NVY-L"), Line("TEE-NVY-XL")), (_whole("PHOENIX", 28, 1, 1),),
        (Note(26, line=1),), owed={("TEE-NVY-XL", "PHOENIX"): 1},
    ),
    Story(
        "Acknowledged twice, once in time", (Line("TEE-RED-S"),), (_whole("ATLANTA", 28, 1),),
        (Note(5, 1, 1), Note(_LATER, 1, 1)),
    ),
    Story(
        "Two shipments from one store, a line still open",
        (Line("TEE-BLU-XL", 4), Line("TEE-BLK-S", 1, "ITEM_APPROVED")),
        (_whole("CHICAGO", 30, 3), _whole("CHICAGO", 8, 1)), status="ORDER_APPROVED",
        owed={("TEE-BLU-XL", "CHICAGO"): 4},
    ),
    Story(
        "Split over two stores", (Line("TEE-BLK-M", 3),), (_whole("CHICAGO", 30, 2), _whole("CHICAGO_NORTH", 29, 1)),
        owed={("TEE-BLK-M", "CHICAGO"): 2, ("TEE-BLK-M", "CHICAGO_NORTH"): 1},
    ),
    Story(
        "Completed by cancelling the last open line", (Line("TEE-BLK-L", 2), Line("TEE-BLK-XL", 1, "ITEM_CANCELLED")),
        (_whole("DENVER", 20, 2),), (Note(_LATER),), owed={("TEE-BLK-L", "DENVER"): 2},
    ),
    Story(
        "A line rejected, another still open",
        (Line("TEE-WHT-S"), Line("TEE-BLK-XL", 1, "ITEM_REJECTED"), Line("TEE-BLK-S", 1, "ITEM_APPROVED")),
        (_whole("HOUSTON", 12, 1),), status="ORDER_APPROVED", owed={("TEE-WHT-S", "HOUSTON"): 1},
    ),
    Story(
        "Packed, waiting to be fetched", (Line("TEE-WHT-M", 1, "ITEM_APPROVED", "MIAMI", "STOREPICKUP"),),
        (_whole("MIAMI", 6, 1, status="SHIPMENT_PACKED"),), status="ORDER_APPROVED",
    ),
    Story(
        "Handed over at a till", (Line("TEE-WHT-L", 1, facility="MIAMI", method="POS_COMPLETED"),),
        (_whole("MIAMI", 6, 1),), channel="POS_SALES_CHANNEL",
    ),
    Story(
        "A transfer, which Retail Pro owns", (Line("TEE-WHT-XL", 2),),
        (_whole("BOSTON", 9, 2, type_id="OUT_TRANSFER"),), type_id="TRANSFER_ORDER",
    ),
    Story(
        "A kit ships as its parts", (Line(KIT),),
        (Parcel("PORTLAND", (Unit(1, 2, "SOCK-WHT"), Unit(1, 1, "LACE-BLK")), 15),),
        owed={("SOCK-WHT", "PORTLAND"): 2, ("LACE-BLK", "PORTLAND"): 1},
    ),
    Story(
        "Every status told twice", (Line("TEE-GRÜ-S", 2),), (_whole("PHOENIX", 18, 2),), told_twice=True,
        owed={("TEE-GRÜ-S", "PHOENIX"): 2},
    ),
    Story(
        "A gift card needs no parcel", (Line("TEE-GRÜ-M"), Line("DIGITAL")), (_whole("CLEVELAND", 18, 1),),
        owed={("TEE-GRÜ-M", "CLEVELAND"): 1},
    ),
    Story(
        "Another product store's order from this one's shelf", (Line("TEE-GRÜ-L"),), (_whole("AUSTIN", 18, 1),),
        product_store=OUTLET, owed={("TEE-GRÜ-L", "AUSTIN"): 1},
    ),
    Story(
        "The shipment was cancelled", (Line("TEE-GRÜ-XL", 1, "ITEM_APPROVED"),),
        (_whole("AUSTIN", 18, 1, status="SHIPMENT_CANCELLED"),), status="ORDER_APPROVED",
    ),
    Story(
        "Planned from one store, shipped from another", (Line("TEE-NVY-S", facility="ATLANTA"),),
        (_whole("CLEVELAND", 18, 1),), owed={("TEE-NVY-S", "CLEVELAND"): 1},
    ),
    Story(
        "Shipped just after the snapshot", (Line("TEE-NVY-M"),), (_whole("BOSTON", _JUST_AFTER, 1),),
        (Note(_LATER, 1, 1),), owed={("TEE-NVY-M", "BOSTON"): 1},
    ),
    Story(
        "More shipped than Retail Pro has", (Line("HOOD-RED-S", 2),), (_whole("BOSTON", 14, 2),),
        owed={("HOOD-RED-S", "BOSTON"): 2},
    ),
    Story("Deleted in Shopify since", (Line("DELETED-IN-SHOPIFY"),), (_whole("BOSTON", 14, 1),)),
    Story("From a store of the outlet", (Line("TEE-RED-S"),), (_whole("OUTLET", 14, 1),), product_store=OUTLET),
    Story("Nothing shipped yet", (Line("TEE-RED-S", 1, "ITEM_APPROVED"),), status="ORDER_APPROVED", placed=3),
    Story("Cancelled", (Line("TEE-RED-S", 1, "ITEM_CANCELLED"),), status="ORDER_CANCELLED", placed=30),
)  # fmt: skip


_ORDINARY: Final = ("POLO-RED-S", "POLO-BLU-M", "POLO-BLK-L", "POLO-NVY-S", "POLO-NVY-XL")


def _ordinary(number: int) -> Story:
    """One of the many: nine in ten are completed and acknowledged, the tenth has only just come in."""
    title, placed, sku = f"#{2000 + number}", 40 + number * 3, _ORDINARY[number % len(_ORDINARY)]
    if number % 10 == 0:
        return Story(title, (Line(sku, 1, "ITEM_CREATED"),), status="ORDER_CREATED", placed=1 + number / 100)
    facility = FACILITY_IDS[number % len(FACILITY_IDS)]
    line = Line(sku, 1 + number % 2, facility=facility)
    parcel = _whole(facility, placed - 6, line.quantity)
    notes = (Note(placed - 7, 1, 1), Note(placed - 6.9, 1, 1, "SHOPIFY"))
    return Story(title, (line,), (parcel,), notes, placed=placed)


BACKGROUND: Final = tuple(_ordinary(number) for number in range(1, 201))
