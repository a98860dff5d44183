"""Which orders a night asks HotWax for: those with lines that Retail Pro may not know of, however old they are.

HotWax's tables have no index by which an old line that was never acknowledged could be found among millions that were.
So a night looks at what was shipped within the window, at the orders that are still partial, and at the orders that the
night before had found and that have grown too old for the window. Each store has one night of the week on which all it
ever shipped is looked at, and whenever there is no night before within the window, every store has: so a line without a
time, or one whose acknowledgement was taken back after the window, is found within a week, and no night is long. All
that a store ever shipped is looked at, too, if the night before did not have that store, which was closed or is new.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zlib import crc32

from duckdb import DuckDBPyConnection

from retailsync_assets.config.loader import Site
from retailsync_assets.resources.lake import Lake, fetch_dicts
from retailsync_assets.resources.oms import Oms, Row

ABSORBED_FOR_SURE = timedelta(days=1)
"""An acknowledgement so long before the snapshot is in it for sure; its line need not be asked for."""

NO_SYSTEM = "-" * 41
"""Longer than any name of a system can be in HotWax, and so none's."""
NIGHTS_OF_THE_WEEK = range(7)
ORDERS_AT_ONCE = 5_000


def shipped_lines(
    duck: DuckDBPyConnection, lake: Lake, oms: Oms, site: Site, on: date, as_of: datetime
) -> Iterator[list[Row]]:
    """The rows of `sql/oms/shipped_lines.sql` for every such order, a few thousand orders at a time."""
    acknowledgements = site.retail_pro.acknowledgements
    # Where response files count, the history tells nothing.
    system = NO_SYSTEM if acknowledgements.source == "responses" else acknowledgements.external_config
    orders = _orders(duck, lake, oms, site, on, as_of, system)
    for first in range(0, len(orders), ORDERS_AT_ONCE):
        yield oms.rows("shipped_lines", external_config=system, orders=orders[first : first + ORDERS_AT_ONCE])


def _orders(
    duck: DuckDBPyConnection, lake: Lake, oms: Oms, site: Site, on: date, as_of: datetime, system: str
) -> list[str]:
    before = night_before(lake, on, site.variance.window_days)
    sure = as_of - ABSORBED_FOR_SURE
    absorbed = {"external_config": system, "surely_absorbed": sure}
    found = oms.rows("partial_orders")
    turns = _by_night([row["facility_id"] for row in oms.rows("facilities", product_stores=site.product_stores)])
    if before is not None:
        lake.attach_as(duck, before, earlier_lines="shipped_lines", earlier_stores="stores")
        opened = fetch_dicts(lake.run_query(duck, "variance/opened_stores"))
        turns = [[*turns[on.weekday()], *(row["facility_id"] for row in opened)]]
    for facilities in filter(None, turns):
        found += oms.rows("unacknowledged_orders_ever", facilities=facilities, **absorbed)
    if before is not None:
        since = as_of - timedelta(days=site.variance.window_days)
        found += oms.rows("unacknowledged_orders", product_stores=site.product_stores, since=since, **absorbed)
        found += fetch_dicts(
            lake.run_query(duck, "variance/carried_orders", since=_naive(since), surely_absorbed=_naive(sure))
        )
    return sorted({row["order_id"] for row in found})


def _naive(moment: datetime) -> datetime:
    """UTC, as the lake keeps it."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def _by_night(facilities: list[str]) -> list[list[str]]:
    """Monday's facilities to Sunday's: always the same ones, whichever come or go."""
    turns = [list[str]() for _ in NIGHTS_OF_THE_WEEK]
    for facility in facilities:
        turns[crc32(facility.encode()) % len(turns)].append(facility)
    return turns


def night_before(lake: Lake, on: date, window_days: int) -> date | None:
    """The last date before this one with a table of lines, if no more than the window lies between."""
    days = (on - timedelta(days=days) for days in range(1, window_days + 1))
    return next((day for day in days if lake.has("shipped_lines", day)), None)
