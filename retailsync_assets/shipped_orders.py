"""Which orders a night asks HotWax for: those with lines that Retail Pro may not know of, however old they are.

HotWax's tables have no index by which an old line that was never acknowledged could be found among millions that were.
So a night looks at what was shipped within the window, at the orders that are still partial, and at the orders that the
night before had found and that have grown too old for the window. Once a week, and whenever there is no night before
within the window, it looks at everything: so a line without a time, or one whose acknowledgement was taken back after
the window, is found within a week.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from duckdb import DuckDBPyConnection

from retailsync_assets.resources.lake import Lake, answer
from retailsync_assets.resources.oms import Oms, Row
from retailsync_assets.sites import Site

ABSORBED_FOR_SURE = timedelta(days=1)
"""An acknowledgement so long before the snapshot is in it for sure; its line need not be asked for."""

NO_SYSTEM = ""
SUNDAY = 6
ORDERS_AT_ONCE = 5_000


def shipped_lines(
    duck: DuckDBPyConnection, lake: Lake, oms: Oms, site: Site, on: date, as_of: datetime
) -> Iterator[list[Row]]:
    """The rows of `sql/oms/shipped_lines.sql` for every such order, a few thousand orders at a time."""
    acknowledgements = site.retail_pro.acknowledgements
    # Where response files count, the history tells nothing: no system has that name.
    system = NO_SYSTEM if acknowledgements.source == "responses" else acknowledgements.external_config
    orders = _orders(duck, lake, oms, site, on, as_of, system)
    for first in range(0, len(orders), ORDERS_AT_ONCE):
        yield oms.rows("shipped_lines", external_config=system, orders=orders[first : first + ORDERS_AT_ONCE])


def _orders(
    duck: DuckDBPyConnection, lake: Lake, oms: Oms, site: Site, on: date, as_of: datetime, system: str
) -> list[str]:
    before = night_before(lake, on, site.variance.window_days)
    asked = {
        "product_store": site.product_store,
        "external_config": system,
        "surely_absorbed": as_of - ABSORBED_FOR_SURE,
    }
    found = oms.rows("partial_orders")
    if before is None or on.weekday() == SUNDAY:
        found += oms.rows("unacknowledged_orders_ever", **asked)
    else:
        since = as_of - timedelta(days=site.variance.window_days)
        found += oms.rows("unacknowledged_orders", since=since, **asked)
        lake.show_as(duck, before, earlier_lines="shipped_lines")
        found += answer(lake.derive(duck, "carried_orders", since=since.replace(tzinfo=None)))
    return sorted({row["order_id"] for row in found})


def night_before(lake: Lake, on: date, window_days: int) -> date | None:
    """The last date before this one with a table of lines, if no more than the window lies between."""
    days = (on - timedelta(days=days) for days in range(1, window_days + 1))
    return next((day for day in days if lake.has("shipped_lines", day)), None)
