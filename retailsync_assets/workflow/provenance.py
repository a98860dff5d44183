"""What an asset was made from: the deliveries, and the list of active products and stores. Pure."""

from retailsync_assets.ledger.models import (
    Artefact,
    Kind,
    Standing,
)


def names_of(artefacts: tuple[Artefact, ...]) -> str:
    """The file names of some deliveries, sorted, in one text."""
    return " ".join(sorted(each.file_name for each in artefacts))


def list_of(standing: Standing) -> str:
    """Which list of active products and stores the night has now, by the hashes of both; "" before there is one."""
    made = standing.made.get("active_products")
    return f"{made.sha256[:12]} {made.detail[:12]}" if made else ""


def made_from(standing: Standing, *kinds: Kind) -> str:
    """The names of the deliveries an asset was made from; kept with it, so that a new delivery makes it due again."""
    return names_of(tuple(each for kind in kinds for each in standing.current(kind)))
