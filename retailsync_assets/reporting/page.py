"""One night drawn as one HTML page: no script, nothing fetched, every text from outside escaped."""

import statistics
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from rich.filesize import decimal

from retailsync_assets.reporting.bar_chart import BarChart, bar_chart
from retailsync_assets.reporting.figures import NightFigures, Row
from retailsync_assets.reporting.scales import axis_of, log_share, share

ORDERS_SHOWN = 20
MEASURES = {
    "raw_rows": "rows in the raw file",
    "active_products": "active products",
    "keys": "keys in the reset",
    "units": "units on hand",
    "keys_changed": "keys that change",
    "units_taken_off": "units taken off",
    "quarantined_rows": "rows quarantined",
    "units_of_drift": "units of drift",
    "minutes": "minutes from landing to read-back",
}
"""What is compared with the last nights: a column of sql/report/night.sql, in words."""


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
            axis=axis_of(instants or [night.told_at]),
            funnel=_funnel(night),
            orders=night.orders[:ORDERS_SHOWN],
            other_orders=night.orders[ORDERS_SHOWN:],
            compared=[_compared(name, words, night.nights) for name, words in MEASURES.items()],
        )
    )


def _funnel(night: NightFigures) -> list[tuple[str, int | None, float]]:
    """From all rows to the keys that change: name, count, length of the bar."""
    figures = night.figures
    steps = [
        ("rows in the raw file", night.snapshot.rows if night.snapshot else figures["raw_rows"]),
        ("rows of the site's own stores", figures["own_rows"]),
        ("keys sold online: active products × stores", figures["active_products"] * figures["stores"]),
        ("keys in the reset", figures["keys"]),
        ("keys that change", figures["keys_changed"]),
    ]
    most = max(count or 0 for _, count in steps)
    return [(name, count, log_share(count or 0, most)) for name, count in steps]


def _compared(name: str, words: str, nights: list[Row]) -> Compared:
    values = [None if row[name] is None else float(row[name]) for row in nights]
    before = [value for value in values[:-1] if value is not None]
    usual = statistics.median(before) if before else None
    told = f"{words}: {_count(values[-1])}, median before {_count(usual)}"
    return Compared(words, values[-1], usual, bar_chart(told, [row["business_date"] for row in nights], values, _count))


def _visible(value: Any) -> Any:
    """Text as it is, but for letters that a page does not show or that turn its direction: these by their code."""
    if type(value) is not str:
        return value
    return "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in value)


def _count(number: float | None) -> str:
    if number is None:
        return "–"
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:,.1f}"


def _off(number: float | None) -> str:
    """Minutes beside the plan, in words."""
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
    filters: dict[str, Any] = {"count": _count, "off": _off, "size": decimal, "clock": _clock}
    found.filters |= filters  # pyright: ignore[reportUnknownMemberType] - Jinja leaves its own types open
    found.globals["share"] = share  # pyright: ignore[reportUnknownMemberType] - as above
    return found


def _clock(instant: datetime | None, night: NightFigures) -> str:
    """The site's local time, with the date where it is not the business date's; the lake's instants are UTC unsaid."""
    if instant is None:
        return "–"
    local = (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(night.site.zone)
    return f"{local:%H:%M}" if local.date() == night.business_date else f"{local:%b %-d, %H:%M}"
