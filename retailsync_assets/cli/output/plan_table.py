"""A plan as `retailsync plan` prints it, in 80 columns."""

from typing import Any

from rich.console import Console
from rich.markup import escape

from retailsync_assets.cli.output.table import print_table
from retailsync_assets.errors import Remedy
from retailsync_assets.orchestration.execution.plan import Plan
from retailsync_assets.workflow.remedies import command

HEADS = {
    "facility_id": "store",
    "external_facility_id": "code",
    "upca": "upca",
    "internal_name": "name",
    "changed": "keys",
    "units_up": "units up",
    "units_down": "units down",
    "newly_zero": "newly zero",
    "newly_in_stock": "newly in stock",
    "negative": "below zero",
    "unmatched": "not in file",
    "hotwax_quantity": "now",
    "reset_quantity": "reset",
    "variance": "variance",
    "change": "change",
}
"""The columns of a plan that a terminal of 80 letters has room for; its JSON and CSV have them all."""


def print_plan(console: Console, planned: Plan, count: int) -> None:
    """The night as it would be: by store, the products and keys that change most, and what would hold it."""
    stock = f"stock of {planned.snapshot_as_of} ({planned.file})"
    console.print(f"{planned.site} · plan of {planned.business_date} · {escape(stock)}", soft_wrap=True)
    console.print(f"  {_counted(planned.totals)}", soft_wrap=True)
    if planned.quarantined_rows:
        console.print(f"  {planned.quarantined_rows} rows in scope break a rule and are left out", soft_wrap=True)
    moving = [row for row in planned.products if row["changed"] or row["unmatched"]]
    products = sorted(moving, key=lambda row: -abs(row["units_up"]) - abs(row["units_down"]))
    changes = [
        {name: row[name] for name in row if name != "external_facility_id"} for row in planned.top_changes(count)
    ]
    for title, rows in (
        ("By store, the keys that change", planned.stores),
        ("By product, the keys that change", products[:count]),
        ("Top movers", changes),
    ):
        columns = [column for column in HEADS if rows and column in rows[0]]
        if columns:
            cells = [[row[column] for column in columns] for row in rows]
            print_table(console, title, [HEADS[column] for column in columns], cells)
    for reason in planned.approved:
        console.print(f"  → approved: {escape(reason)}", soft_wrap=True)
    for reason in planned.held:
        console.print(f"  → {'is' if planned.is_held else 'would be'} held by {escape(reason)}", soft_wrap=True)
    if planned.held:
        release = command(planned.site, planned.business_date, Remedy.APPROVE)
        when = "To mend it" if planned.is_held else "To mend it, once retailsync run has held it"
        console.print(f"  {when}: {release}", soft_wrap=True)
    if planned.is_out:
        console.print("  → the reset of this night is out already: none of this is sent again", soft_wrap=True)


def _counted(totals: dict[str, Any]) -> str:
    if not totals:
        return "no key"
    newly = f"{totals['newly_zero']:,} newly zero, {totals['newly_in_stock']:,} newly in stock"
    rest = f"{totals['negative']:,} negative in Retail Pro, {totals['unmatched']:,} unmatched"
    changed = f"none of {totals['keys']:,} keys changes"
    if totals["changed"]:
        units = f"{totals['units_up']:+,} and {totals['units_down']:,} units"
        changed = f"{totals['changed']:,} of {totals['keys']:,} keys change by {units}"
    return f"{changed}; {newly}; {rest}"
