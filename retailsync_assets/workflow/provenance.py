"""What an asset was made from: the deliveries, and the list of active products and stores. Pure."""

from retailsync_assets.ledger.models import (
    Delivery,
    DeliveryKind,
    NightState,
)


def names_of(deliveries: tuple[Delivery, ...]) -> str:
    """The file names of some deliveries, sorted, in one text."""
    return " ".join(sorted(each.file_name for each in deliveries))


def product_list_of(standing: NightState) -> str:
    """Which list of active products and stores the night has now, by the hashes of both; "" before there is one."""
    made = standing.made.get("active_products")
    return f"{made.sha256[:12]} {made.detail[:12]}" if made else ""


def sources_of(standing: NightState, *kinds: DeliveryKind) -> str:
    """The names of the deliveries an asset was made from; kept with it, so that a new delivery makes it due again."""
    return names_of(tuple(each for kind in kinds for each in standing.current_deliveries(kind)))
