"""What the warning checks find, as alerts: the watchdog looks at each table once, however it was made."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import duckdb

from retailsync_assets.assets.checks import rows, variance
from retailsync_assets.errors import Remedy
from retailsync_assets.ledger.models import NightState
from retailsync_assets.resources.lake import Lake
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.workflow.incidents import Incident
from retailsync_assets.workflow.remedies import command

WARNINGS = (*rows.WARNINGS, *variance.WARNINGS)


@dataclass(frozen=True)
class Looked:
    """One check that was evaluated: `mark` tells the table it looked at from one made later."""

    key: str
    mark: str
    incident: Incident | None


def look_at_warnings(resources: SiteResources, standing: NightState, seen: Mapping[str, str]) -> Iterator[Looked]:
    """Every warning check whose asset is made; `seen` are the marks of earlier looks, which are not taken again."""
    site, on = resources.site, standing.business_date
    for warning in WARNINGS:
        made = standing.made.get(warning.asset)
        if made is None:
            continue
        key, mark = f"{on} {warning.check}", made.made_at.isoformat()
        if seen.get(key) == mark:
            yield Looked(key, mark, None)
            continue
        try:
            found = warning.find(site, Lake(resources.home, site.name), on)
        except duckdb.Error as unreadable:  # of one table: the other incidents are told all the same
            reason = f"its table can't be read: {str(unreadable).splitlines()[0]}"
            step = command(site.name, on, Remedy.STATUS)
            yield Looked(key, mark, Incident(f"{warning.asset} can't be read", warning.asset, reason, step))
            continue
        if found.look is None:
            yield Looked(key, mark, None)
            continue
        where = "AND" if " WHERE " in found.look else "WHERE"
        step = f"retailsync query {site.name} \"{found.look} {where} business_date = '{on}'\""
        yield Looked(key, mark, Incident(f"check: {warning.check}", warning.asset, f"warning: {found.text}", step))
