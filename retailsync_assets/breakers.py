"""Breakers: a night that looks unlike the accepted ones stands still until a person approves it."""

import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from duckdb import DuckDBPyConnection

from retailsync_assets.records import Hold, Snapshot
from retailsync_assets.resources.lake import Lake, answer
from retailsync_assets.sites import Site
from retailsync_assets.workplace import Workplace


@dataclass(frozen=True)
class Figures:
    """One night in numbers, beside the accepted nights before it; `raw_rows_before` is empty on the first night."""

    raw_rows: int
    raw_rows_before: tuple[int, ...]
    reset_rows: int
    active_products: int
    active_products_before: int
    rows_in_scope: int
    rows_rejected: int
    products_unmatched: int
    keys_compared: int
    keys_changed: int
    keys_newly_zero: int


def trips(site: Site, figures: Figures) -> Iterator[tuple[str, str]]:
    """Every breaker that trips: its name in `limits`, and what it saw in words."""
    limits, full = site.limits, site.retail_pro.kind == "full"
    if not figures.reset_rows:
        yield "reset_rows", "the reset has no row: HotWax would get nothing"
    first = not figures.raw_rows_before
    if first and limits.first_night == "hold":
        yield "first_night", "the first night has nothing to compare with"
    if _share(figures.rows_rejected, figures.rows_in_scope) > limits.rejected_rows:
        yield "rejected_rows", f"{figures.rows_rejected} of {figures.rows_in_scope} rows in scope break a rule"
    if full and _share(figures.products_unmatched, figures.active_products) > limits.unmatched_active:
        missing = f"{figures.products_unmatched} of {figures.active_products}"
        yield "unmatched_active", f"the raw file does not have {missing} active products"
    if first:
        return
    usual = statistics.median(figures.raw_rows_before)
    if full and _share(usual - figures.raw_rows, usual) > limits.raw_rows_drop:
        yield "raw_rows_drop", f"the raw file has {figures.raw_rows} rows, {usual:.0f} are usual"
    if full and _share(figures.raw_rows - usual, usual) > limits.raw_rows_rise:
        yield "raw_rows_rise", f"the raw file has {figures.raw_rows} rows, {usual:.0f} are usual"
    lost = figures.active_products_before - figures.active_products
    if _share(lost, figures.active_products_before) > limits.active_products_drop:
        counts = f"{figures.active_products} active products after {figures.active_products_before}"
        yield "active_products_drop", f"HotWax has {counts} last time"
    if _share(figures.keys_changed, figures.keys_compared) > limits.keys_changed:
        yield "keys_changed", f"{figures.keys_changed} of {figures.keys_compared} keys change"
    if full and _share(figures.keys_newly_zero, figures.keys_compared) > limits.keys_newly_zero:
        yield "keys_newly_zero", f"{figures.keys_newly_zero} of {figures.keys_compared} keys fall to zero"


def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0 else 0.0


def raise_holds(place: Workplace, lake: Lake, duck: DuckDBPyConnection, on: date, snapshot: Snapshot) -> list[str]:
    """Judge a filtered reset and write every trip to the ledger as a hold; answers the names of those that tripped.

    Reads `filtered_reset`, `active_products` and `in_scope` of this connection.
    """
    before = place.ledger.accepted_before(on)
    last = before[0].business_date if before else on
    lake.show_as(duck, last, last_reset="filtered_reset", last_active_products="active_products")
    figures = answer(lake.derive(duck, "breaker_figures"))[0]
    seen = Figures(raw_rows=snapshot.rows, raw_rows_before=tuple(each.rows for each in before), **figures)
    now, tripped = place.now(), list(trips(place.site, seen))
    for cause, reason in tripped:
        place.ledger.raise_hold(on, Hold(cause, snapshot.snapshot_id, reason, now))
    return [cause for cause, _ in tripped]
