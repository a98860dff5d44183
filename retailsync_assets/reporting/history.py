"""What became of a site's last business dates, one line each, from the ledger and the lake."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from retailsync_assets.ledger.models import DeliveryKind, NightState
from retailsync_assets.reporting.figures import figures_of, minutes_of
from retailsync_assets.resources.lake import Lake
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.workflow.status import NightStatus, night_status


@dataclass(frozen=True)
class PastNight:
    """One business date: `minutes` from the received file to the reconciliation, `keys` the SKU-locations of the reset,
    `difference` the units of unexplained difference (drift); None: there is no such number.
    """

    status: NightStatus
    minutes: int | None
    keys: int | None
    units_deducted: int | None
    difference: int | None
    approved_by: str | None

    def document(self) -> dict[str, Any]:
        """The JSON of the contract, and the reasons of `status`."""
        status = self.status
        numbers = {name: value for name, value in vars(self).items() if name != "status"}
        return {
            "business_date": status.business_date,
            "state": status.state,
            **numbers,
            "reasons": list(status.lines),
        }


def past_nights(resources: SiteResources, newest: date, count: int) -> list[PastNight]:
    """So many business dates up to the newest, which comes first."""
    lake = Lake(resources.home, resources.site.name)
    return [_past(resources, lake, newest - timedelta(days=days)) for days in range(count)]


def _past(resources: SiteResources, lake: Lake, on: date) -> PastNight:
    standing = resources.ledger.night_state(on)
    reset = standing.current_deliveries(DeliveryKind.RESET)
    figures = figures_of(lake, on, None) if standing.made else {}
    approved = sorted({hold.approved_by for hold in standing.holds if hold.approved_by})
    return PastNight(
        status=night_status(resources.site, standing, resources.now()),
        minutes=minutes_of(standing),
        keys=sum(part.rows for part in reset) if reset else None,
        units_deducted=_once_made(standing, "variance_delivery", figures.get("units_deducted")),
        difference=_once_made(standing, "applied_inventory", figures.get("units_of_drift")),
        approved_by=", ".join(approved) or None,
    )


def _once_made(standing: NightState, asset: str, figure: Any) -> int | None:
    """No variance yet, and nothing reconciled yet, are no zeros."""
    return int(figure) if asset in standing.made and figure is not None else None
