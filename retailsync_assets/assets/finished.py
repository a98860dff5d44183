"""A finished business date stays as it is: materializing its assets again changes nothing."""

from datetime import date

import dagster as dg

from retailsync_assets.assets.metadata import report_link
from retailsync_assets.resources.site import SiteResources


def as_it_was(resources: SiteResources, asset: str, on: date) -> dg.MaterializeResult[None] | None:
    """What an asset of a finished business date answers instead of being made again; None while it isn't finished.

    Its tables, its report and the ledger stay as they were when HotWax's on-hand quantities were reconciled:
    `retailsync run SITE --date D --replay` computes it again and compares, beside them.
    """
    night = resources.ledger.night_state(on)
    made = night.made.get(asset)
    if made is None or not night.is_of_current_deliveries("applied_inventory"):
        return None
    return dg.MaterializeResult(  # pyright: ignore[reportReturnType] - Dagster types its own default as a value
        metadata={
            "unchanged": f"{on} is complete: this was made on {made.made_at:%Y-%m-%d at %H:%MZ} and stays as it is",
            "report": report_link(resources, on),
            "sha256": made.sha256,
        },
        data_version=dg.DataVersion(made.sha256),
    )
