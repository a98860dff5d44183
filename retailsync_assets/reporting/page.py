"""Renders a run as one self-contained HTML page: no script, no requests, all external text escaped."""

import statistics
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from rich.filesize import decimal

from retailsync_assets.config.wording import counted
from retailsync_assets.reporting.bar_chart import BarChart, bar_chart
from retailsync_assets.reporting.figures import NightFigures, Row
from retailsync_assets.reporting.scales import axis_of, log_share, share

ORDERS_SHOWN = 20
MEASURES = {
    "raw_rows": "rows in the raw file",
    "active_products": "active products",
    "keys": "SKU-locations in the reset",
    "units": "on-hand quantity",
    "keys_changed": "SKU-locations changed",
    "units_deducted": "units deducted",
    "quarantined_rows": "rows quarantined",
    "units_of_drift": "units of unexplained difference (drift)",
    "minutes": "minutes from file received to reconciliation",
}
"""The figures of the trend: a column of sql/reporting/night.sql and its label."""


@dataclass(frozen=True)
class Compared:
    """One figure beside the nights before: `usual` is their median, `chart` all of them."""

    name: str
    value: float | None
    usual: float | None
    chart: BarChart


def render(night: NightFigures) -> str:
    """The page's HTML."""
    instants = [instant for stage in night.stages for instant in stage.instants]
    return (
        environment()
        .get_template("night.html.j2")
        .render(
            night=night,
            axis=axis_of(instants or [night.generated_at]),
            funnel=_funnel(night),
            orders=night.orders[:ORDERS_SHOWN],
            other_orders=night.orders[ORDERS_SHOWN:],
            compared=[_compared(name, words, night.nights) for name, words in MEASURES.items()],
        )
    )


def _funnel(night: NightFigures) -> list[tuple[str, int | None, float]]:
    """From all rows to the SKU-locations that change: name, count, length of the bar."""
    figures = night.figures
    steps = [
        ("rows in the raw file", night.snapshot.rows if night.snapshot else figures["raw_rows"]),
        ("rows of the site's own stores", figures["own_rows"]),
        ("SKU-locations sold online: active products × stores", figures["active_products"] * figures["stores"]),
        ("SKU-locations in the reset", figures["keys"]),
        ("SKU-locations that change", figures["keys_changed"]),
    ]
    most = max(count or 0 for _, count in steps)
    return [(name, count, log_share(count or 0, most)) for name, count in steps]


def _compared(name: str, words: str, nights: list[Row]) -> Compared:
    values = [None if row[name] is None else float(row[name]) for row in nights]
    before = [value for value in values[:-1] if value is not None]
    usual = statistics.median(before) if before else None
    told = f"{words}: {_count(values[-1])}, previous median {_count(usual)}"
    return Compared(words, values[-1], usual, bar_chart(told, [row["business_date"] for row in nights], values, _count))


def _visible(value: Any) -> Any:
    """Text with invisible characters, and those that change its direction, written as their codes."""
    if type(value) is not str:
        return value
    return "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in value)


def _count(number: float | None) -> str:
    if number is None:
        return "–"
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:,.1f}"


def _off(number: float | None) -> str:
    """Minutes before or after the planned time, as text."""
    if not number:
        return "" if number is None else "on time"
    hours, minutes = divmod(abs(int(number)), 60)
    length = f"{hours} h {minutes:02} min" if hours else f"{minutes} min"
    return f"{length} {'late' if number > 0 else 'early'}"


@cache
def environment() -> Environment:
    """What the templates of this folder are read with."""
    found = Environment(
        loader=PackageLoader("retailsync_assets", "reporting"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_visible,
    )
    filters: dict[str, Any] = {"count": _count, "counted": counted, "off": _off, "size": decimal, "clock": _clock}
    found.filters |= filters  # pyright: ignore[reportUnknownMemberType] - Jinja leaves its own types open
    found.globals["share"] = share  # pyright: ignore[reportUnknownMemberType] - as above
    return found


def _clock(instant: datetime | None, night: NightFigures) -> str:
    """The site's local time, with the date where it is not the business date's; the lake's instants are UTC unsaid."""
    if instant is None:
        return "–"
    local = (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(night.site.zone)
    return f"{local:%H:%M}" if local.date() == night.business_date else f"{local:%b %-d, %H:%M}"
