"""The figures of the nightly report, collected from the ledger and the lake."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from duckdb import DuckDBPyConnection

from retailsync_assets.config.loader import Site
from retailsync_assets.ledger.models import Hold, NightState, Snapshot
from retailsync_assets.reporting.timeline import TimelineStage, stages
from retailsync_assets.resources.known_tables import attach
from retailsync_assets.resources.lake import Lake, fetch_dicts
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.resources.sql import query
from retailsync_assets.resources.tables import TABLES
from retailsync_assets.workflow.status import night_status

NIGHTS_BEFORE = 13
SHOWN = tuple(table for table in TABLES if table not in ("raw_reset_file", "snapshots"))
COUNTED = tuple(table for table in SHOWN if re.search(rf"\b{table}\b", query("reporting/night")))
"""The tables that the figures of a run are counted in: for earlier business dates, no other is opened."""
Row = dict[str, Any]


@dataclass(frozen=True)
class NightFigures:
    """One run as the page shows it; rows come from sql/reporting/, `nights` are the last runs, oldest first."""

    site: Site
    business_date: date
    generated_at: datetime
    state: str
    reasons: tuple[str, ...]
    next_step: str | None
    snapshot: Snapshot | None
    files: tuple[tuple[str, int, int], ...]
    holds: tuple[Hold, ...]
    stages: tuple[TimelineStage, ...]
    figures: Row
    orders: list[Row]
    stores: list[Row]
    excluded: list[Row]
    nights: list[Row]


def collect(resources: SiteResources, lake: Lake, on: date) -> NightFigures:
    """Everything about one night, as far as it has come."""
    standing, now = resources.night(on), resources.now()
    found = night_status(resources.site, standing, now)
    before = [each.business_date for each in reversed(resources.ledger.accepted_before(on, NIGHTS_BEFORE))]
    nights = [
        {
            "business_date": each,
            **figures_of(lake, each, last),
            "minutes": minutes_of(resources.ledger.night_state(each)),
        }
        for last, each in zip([None, *before], [*before, on], strict=True)
    ]
    with lake.get_connection() as duck:
        attach(duck, lake, standing, *SHOWN)
        _show_last(lake, duck, before[-1] if before else None)
        return NightFigures(
            site=resources.site,
            business_date=on,
            generated_at=now,
            state=found.state,
            reasons=found.lines,
            next_step=found.next_step,
            snapshot=standing.snapshot,
            files=tuple((each.file_name, each.rows, each.size) for each in standing.deliveries),
            holds=standing.holds,
            stages=stages(resources.site, standing, now),
            figures=nights[-1],
            orders=fetch_dicts(duck.sql(query("reporting/orders"), params={"rule": resources.site.variance.rule})),
            stores=fetch_dicts(duck.sql(query("reporting/by_store"))),
            excluded=fetch_dicts(duck.sql(query("reporting/excluded"))),
            nights=nights,
        )


def figures_of(lake: Lake, on: date, last: date | None) -> Row:
    """The figures of a business date, its reset compared with that of `last`; source: `sql/reporting/night.sql`."""
    with lake.get_connection() as duck:
        lake.attach(duck, on, *COUNTED)
        _show_last(lake, duck, last)
        return fetch_dicts(duck.sql(query("reporting/night")))[0]


def _show_last(lake: Lake, duck: DuckDBPyConnection, last: date | None) -> None:
    """The reset of the business date before, if there is one, as `last_reset`."""
    if last is None:
        lake.load(duck, "last_reset", "filtered_reset", [])
    else:
        lake.attach_as(duck, last, last_reset="filtered_reset")


def minutes_of(standing: NightState) -> int | None:
    """How long the run took, from the downloaded raw file to the reconciliation."""
    landed, reconciled = standing.made.get("raw_reset_file"), standing.made.get("applied_inventory")
    took = (reconciled.made_at - landed.made_at).total_seconds() / 60 if landed and reconciled else None
    return took if took is None else round(took)
