"""What is finished stays as it is: materializing such an asset again changes nothing, and says so."""

from datetime import date

import dagster as dg

from retailsync_assets.assets.metadata import report_link
from retailsync_assets.errors import Refused
from retailsync_assets.ledger.models import DeliveryKind, NightState
from retailsync_assets.resources.known_tables import check_kept
from retailsync_assets.resources.lake_files import LakeFiles
from retailsync_assets.resources.site import SiteResources

DELIVERIES = ("reset_delivery", "variance_delivery")
"""Whether these are done is asked in their own bodies, of the guard: a file may have to be sent again."""


def as_it_was(resources: SiteResources, asset: str, on: date) -> dg.MaterializeResult[None] | None:
    """What a finished asset answers instead of being made again; None while it isn't finished.

    What computes is finished when HotWax's on-hand quantities are reconciled, and what a reset is made from as soon as
    that reset is promised: `retailsync run SITE --date D --replay` computes it again and compares, beside it.
    Raises `SetupError` for a finished asset whose table is lost.
    """
    night = resources.ledger.night_state(on)
    why = _why_finished(night, asset)
    if why is None:
        return None
    for table in night.made[asset].tables if asset in night.made else ():
        check_kept(LakeFiles(resources.home, resources.site.name), night, table)
    return unchanged(resources, asset, on, why)


def unchanged(resources: SiteResources, asset: str, on: date, why: str) -> dg.MaterializeResult[None]:
    """The materialization of an asset that stays as it was made; raises `Refused` if the ledger has none of it."""
    made = resources.ledger.night_state(on).made.get(asset)
    if made is None:
        raise Refused(f"{asset} of {on} can't be made any more: {why}")
    return dg.MaterializeResult(  # pyright: ignore[reportReturnType] - Dagster types its own default as a value
        metadata={
            "unchanged": f"{why}: this was made on {made.made_at:%Y-%m-%d at %H:%MZ} and stays as it is",
            "report": report_link(resources, on),
            "sha256": made.sha256,
        },
        data_version=dg.DataVersion(made.sha256),
    )


def _why_finished(night: NightState, asset: str) -> str | None:
    if asset in DELIVERIES:
        return None
    if asset in night.made and night.is_of_current_deliveries("applied_inventory"):
        return f"{night.business_date} is complete"
    to_publish = asset == "filtered_reset" and night.unpublished(DeliveryKind.RESET)
    if asset in ("active_products", "filtered_reset") and night.promised_reset and not to_publish:
        return f"{night.promised_reset[0].file_name} was made from it"
    return None
