"""Circuit breakers: a business date that looks unlike the accepted ones is on hold until a person approves it."""

import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from duckdb import DuckDBPyConnection

from retailsync_assets.config.loader import Site
from retailsync_assets.ledger.models import Hold, Snapshot
from retailsync_assets.resources.known_tables import attach_as, is_kept
from retailsync_assets.resources.lake import Lake, fetch_dicts
from retailsync_assets.resources.site import SiteResources


@dataclass(frozen=True)
class Figures:
    """The figures of one business date beside those accepted before; `raw_rows_before` is empty for the first."""

    raw_rows: int
    raw_rows_before: tuple[int, ...]
    reset_rows: int
    reset_rows_before: int
    distinct_quantities: int
    all_zero: bool
    active_products: int
    active_products_before: int
    rows_in_scope: int
    rows_rejected: int
    rows_absurd: int
    zeros_restored: int
    rows_unreadable: int
    products_unmatched: int
    stores_missing: int
    stores_before: int
    keys_compared: int
    keys_changed: int
    keys_newly_zero: int
    keys_newly_negative: int


def tripped(site: Site, figures: Figures) -> Iterator[tuple[str, str]]:
    """Every circuit breaker that trips: its name in `limits`, and the figures that it saw, in words."""
    yield from _by_itself(site, figures)
    if figures.raw_rows_before:
        yield from _beside_the_others(site, figures)
    elif site.limits.first_night == "hold":
        yield "first_night", "there is no earlier run to compare with"


def _by_itself(site: Site, figures: Figures) -> Iterator[tuple[str, str]]:
    limits, full, rows = site.limits, site.retail_pro.kind == "full", figures.reset_rows
    if not rows:
        yield "reset_rows", "the reset has no rows"
    judged, bad = figures.rows_in_scope + figures.rows_unreadable, figures.rows_rejected + figures.rows_unreadable
    if _share(bad, judged) > limits.rejected_rows:
        unreadable = f" or can't be read ({figures.rows_unreadable})" if figures.rows_unreadable else ""
        yield "rejected_rows", f"{bad} of {judged} rows in scope break a rule{unreadable}"
    if figures.rows_absurd:
        yield "absurd_quantity", f"{figures.rows_absurd} rows have {limits.absurd_quantity:,} units or more"
    if _share(figures.zeros_restored, rows) > limits.zeros_restored:
        yield "zeros_restored", f"{figures.zeros_restored} of {rows} UPCs have lost their leading zeros"
    if full and figures.all_zero and rows > 1:
        yield "equal_quantities", f"all {rows} quantities are zero"
    elif full and figures.distinct_quantities == 1 and rows >= limits.equal_quantities:
        yield "equal_quantities", f"all {rows} quantities are equal"
    if full and _share(figures.products_unmatched, figures.active_products) > limits.unmatched_active:
        missing = f"{figures.products_unmatched} of {figures.active_products}"
        yield "unmatched_active", f"the raw file lacks {missing} active products"


def _beside_the_others(site: Site, figures: Figures) -> Iterator[tuple[str, str]]:
    limits, full = site.limits, site.retail_pro.kind == "full"
    usual = statistics.median(figures.raw_rows_before)
    if full and _share(usual - figures.raw_rows, usual) > limits.raw_rows_drop:
        yield "raw_rows_drop", f"the raw file has {figures.raw_rows} rows, the median is {usual:.0f}"
    if full and _share(figures.raw_rows - usual, usual) > limits.raw_rows_rise:
        yield "raw_rows_rise", f"the raw file has {figures.raw_rows} rows, the median is {usual:.0f}"
    before = figures.reset_rows_before
    if full and _share(abs(figures.reset_rows - before), before) > limits.reset_rows_change:
        yield "reset_rows_change", f"the reset has {figures.reset_rows} rows, {before} in the last run"
    if full and _share(figures.stores_missing, figures.stores_before) > limits.stores_missing:
        missing = f"{figures.stores_missing} of {figures.stores_before}"
        yield (
            "stores_missing",
            f"{missing} stores with inventory in the last run are missing from the raw file or all zero",
        )
    lost = figures.active_products_before - figures.active_products
    if _share(lost, figures.active_products_before) > limits.active_products_drop:
        counts = f"{figures.active_products} active products, {figures.active_products_before} in the last run"
        yield "active_products_drop", f"HotWax has {counts}"
    keys = figures.keys_compared
    if _share(figures.keys_changed, keys) > limits.keys_changed:
        yield "keys_changed", f"{figures.keys_changed} of {keys} SKU-locations change"
    if full and _share(figures.keys_newly_zero, keys) > limits.keys_newly_zero:
        yield "keys_newly_zero", f"{figures.keys_newly_zero} of {keys} SKU-locations fall to zero"
    if full and _share(figures.keys_newly_negative, keys) > limits.keys_newly_negative:
        yield "keys_newly_negative", f"{figures.keys_newly_negative} of {keys} SKU-locations fall below zero"


def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0 else 0.0


def raise_holds(
    resources: SiteResources, lake: Lake, duck: DuckDBPyConnection, on: date, snapshot: Snapshot
) -> list[str]:
    """Check a filtered reset and record every tripped breaker in the ledger as a hold; answers their names.

    Reads `filtered_reset`, `active_products`, `stores`, `in_scope`, `unreadable_lines` and `unreadable_records` of this
    connection.
    """
    before = resources.ledger.accepted_before(on)
    lost = _attach_last(resources, lake, duck, before[0].business_date if before else None)
    figures = fetch_dicts(lake.run_query(duck, "reset/breaker_figures"))[0]
    seen = Figures(raw_rows=snapshot.rows, raw_rows_before=tuple(each.rows for each in before), **figures)
    now, found = resources.now(), [*lost, *tripped(resources.site, seen)]
    for cause, reason in found:
        resources.ledger.raise_hold(on, Hold(cause, snapshot.snapshot_id, reason, now, figures=reason))
    resources.ledger.withdraw_holds(on, snapshot.snapshot_id, {cause for cause, _ in found}, now)
    return [cause for cause, _ in found]


def _attach_last(
    resources: SiteResources, lake: Lake, duck: DuckDBPyConnection, last: date | None
) -> list[tuple[str, str]]:
    """The tables of the last accepted business date, as `last_reset` and `last_active_products`.

    Answers the trip of a breaker that has nothing to compare with, since the lake has lost a table of it.
    """
    compared = {"last_reset": "filtered_reset", "last_active_products": "active_products"}
    if last is None:
        for name, table in compared.items():
            lake.load(duck, name, table, [])
        return []
    night, lost = resources.night(last), list[str]()
    for name, table in compared.items():
        if is_kept(lake, night, table):
            attach_as(duck, lake, night, **{name: table})
        else:
            lake.load(duck, name, table, [])
            lost.append(table)
    if not lost:
        return []
    return [
        (
            "comparison_lost",
            f"the lake has lost {' and '.join(lost)} of {last}, which the circuit breakers compare with",
        )
    ]
