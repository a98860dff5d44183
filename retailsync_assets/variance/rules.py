"""By how much the strict and the documented rule differ in a night: reported by a check, told of by the watchdog."""

from dataclasses import dataclass
from datetime import date

from retailsync_assets.config.wording import counted, plural
from retailsync_assets.resources.lake import Lake, fetch_dicts
from retailsync_assets.resources.sql import query


@dataclass(frozen=True)
class RulesDiffer:
    """At how many SKU-locations, by how many units in all, and how many units the site allows."""

    keys: int
    units: int
    allowed: int

    @property
    def too_much(self) -> bool:
        """Should a person hear of it?"""
        return self.units > self.allowed

    def __str__(self) -> str:
        return (
            f"the strict and the documented rule differ by {counted(self.units, 'unit')} at"
            f" {counted(self.keys, 'SKU-location')}, {self.allowed:,} {plural(self.allowed, 'is', 'are')} allowed"
        )


def rules_differ(lake: Lake, on: date, allowed: int) -> RulesDiffer:
    """By the table `partial_shipment_variance` of a date; by nothing where it has not been made."""
    with lake.get_connection() as duck:
        lake.attach(duck, on, "partial_shipment_variance")
        found = fetch_dicts(duck.sql(query("variance/rules_differ")))[0]
    return RulesDiffer(found["keys"], found["units"], allowed)
