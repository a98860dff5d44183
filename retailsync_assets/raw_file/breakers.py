"""Circuit breakers: a business date that looks unlike the accepted ones is on hold until a person approves it."""

import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from duckdb import DuckDBPyConnection

from retailsync_assets.config.loader import Site
from retailsync_assets.config.wording import counted, plural
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
        unreadable = f" or can't be read ({figures.rows_unreadable:,})" if figures.rows_unreadable else ""
        broken = _subject(bad, judged, "row", "in scope breaks a rule", "in scope break a rule")
        yield "rejected_rows", f"{broken}{unreadable}"
    if figures.rows_absurd:
        absurd = counted(figures.rows_absurd, "row has", "rows have")
        yield "absurd_quantity", f"{absurd} {counted(limits.absurd_quantity, 'unit')} or more"
    if _share(figures.zeros_restored, rows) > limits.zeros_restored:
        lost = ("has lost its leading zeros", "have lost their leading zeros")
        yield "zeros_restored", _subject(figures.zeros_restored, rows, "UPC", *lost)
    if full and figures.all_zero and rows > 1:
        yield "equal_quantities", f"all {rows:,} quantities are zero"
    elif full and figures.distinct_quantities == 1 and rows >= limits.equal_quantities:
        yield "equal_quantities", f"all {rows:,} quantities are equal"
    if full and _share(figures.products_unmatched, figures.active_products) > limits.unmatched_active:
        missing = _of(figures.products_unmatched, figures.active_products, "active product")
        yield "unmatched_active", f"the raw file lacks {missing}"


def _beside_the_others(site: Site, figures: Figures) -> Iterator[tuple[str, str]]:
    limits, full = site.limits, site.retail_pro.kind == "full"
    usual = statistics.median(figures.raw_rows_before)
    if full and _share(usual - figures.raw_rows, usual) > limits.raw_rows_drop:
        yield "raw_rows_drop", f"the raw file has {counted(figures.raw_rows, 'row')}, the median is {usual:,.0f}"
    if full and _share(figures.raw_rows - usual, usual) > limits.raw_rows_rise:
        yield "raw_rows_rise", f"the raw file has {counted(figures.raw_rows, 'row')}, the median is {usual:,.0f}"
    before = figures.reset_rows_before
    if full and _share(abs(figures.reset_rows - before), before) > limits.reset_rows_change:
        yield "reset_rows_change", f"the reset has {counted(figures.reset_rows, 'row')}, {before:,} in the last run"
    if full and _share(figures.stores_missing, figures.stores_before) > limits.stores_missing:
        where = "with inventory in the last run"
        verbs = (f"{where} is missing", f"{where} are missing")
        missing = _subject(figures.stores_missing, figures.stores_before, "store", *verbs)
        yield "stores_missing", f"{missing} from the raw file or all zero"
    lost = figures.active_products_before - figures.active_products
    if _share(lost, figures.active_products_before) > limits.active_products_drop:
        counts = counted(figures.active_products, "active product")
        yield "active_products_drop", f"HotWax has {counts}, {figures.active_products_before:,} in the last run"
    keys, key = figures.keys_compared, "SKU-location"
    if _share(figures.keys_changed, keys) > limits.keys_changed:
        yield "keys_changed", _subject(figures.keys_changed, keys, key, "changes", "change")
    if full and _share(figures.keys_newly_zero, keys) > limits.keys_newly_zero:
        yield "keys_newly_zero", _subject(figures.keys_newly_zero, keys, key, "falls to zero", "fall to zero")
    if full and _share(figures.keys_newly_negative, keys) > limits.keys_newly_negative:
        fallen = ("falls below zero", "fall below zero")
        yield "keys_newly_negative", _subject(figures.keys_newly_negative, keys, key, *fallen)


def _of(part: int, whole: int, noun: str) -> str:
    return f"{part:,} of {counted(whole, noun)}"


def _subject(part: int, whole: int, noun: str, one: str, many: str) -> str:
    """A clause about some of all, such as `1 of 7 rows breaks a rule`; `one` and `many` are its verb."""
    return f"{_of(part, whole, noun)} {plural(part, one, many)}"


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
