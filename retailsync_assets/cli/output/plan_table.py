"""A plan as `retailsync plan` prints it, in 80 columns."""

from typing import Any

from rich.console import Console
from rich.markup import escape

from retailsync_assets.cli.output.table import print_table
from retailsync_assets.config.wording import counted, plural
from retailsync_assets.errors import Remedy
from retailsync_assets.orchestration.execution.plan import Plan
from retailsync_assets.workflow.remedies import command

HEADS = {
    "facility_id": "store",
    "external_facility_id": "code",
    "upca": "upca",
    "internal_name": "name",
    "changed": "changed",
    "units_up": "units up",
    "units_down": "units down",
    "newly_zero": "newly zero",
    "newly_in_stock": "newly in stock",
    "negative": "below zero",
    "unmatched": "not in file",
    "hotwax_quantity": "on hand",
    "reset_quantity": "reset",
    "variance": "variance",
    "change": "change",
}
"""The columns of a plan that fit a terminal of 80 characters; its JSON and CSV have all of them."""


def print_plan(console: Console, planned: Plan, count: int) -> None:
    """The planned run: changes by store, the largest changes by product and SKU-location, and the open holds."""
    snapshot = f"snapshot of {planned.snapshot_as_of} ({planned.file})"
    console.print(f"{planned.site} · plan for {planned.business_date} · {escape(snapshot)}", soft_wrap=True)
    console.print(f"  {_counted(planned.totals)}", soft_wrap=True)
    if planned.quarantined_rows:
        broken = counted(planned.quarantined_rows, "row in scope breaks", "rows in scope break")
        console.print(f"  {broken} a rule and {plural(planned.quarantined_rows, 'is', 'are')} excluded", soft_wrap=True)
    moving = [row for row in planned.products if row["changed"] or row["unmatched"]]
    products = sorted(moving, key=lambda row: -abs(row["units_up"]) - abs(row["units_down"]))
    changes = [
        {name: row[name] for name in row if name != "external_facility_id"} for row in planned.top_changes(count)
    ]
    for title, rows in (
        ("SKU-locations that change, by store", planned.stores),
        ("SKU-locations that change, by product", products[:count]),
        ("Largest changes", changes),
    ):
        columns = [column for column in HEADS if rows and column in rows[0]]
        if columns:
            cells = [[row[column] for column in columns] for row in rows]
            print_table(console, title, [HEADS[column] for column in columns], cells)
    for reason in planned.approved:
        console.print(f"  → approved: {escape(reason)}", soft_wrap=True)
    for reason in planned.held:
        console.print(f"  → {'on hold' if planned.is_held else 'would be on hold'}: {escape(reason)}", soft_wrap=True)
    if planned.held:
        release = command(planned.site, planned.business_date, Remedy.APPROVE)
        when = "Next step" if planned.is_held else "Next step, once the run is on hold"
        console.print(f"  {when}: {release}", soft_wrap=True)
    if planned.is_out:
        console.print(
            "  → the reset for this business date is already delivered: nothing is sent again", soft_wrap=True
        )


def _counted(totals: dict[str, Any]) -> str:
    if not totals:
        return "no SKU-locations"
    newly = f"{totals['newly_zero']:,} newly zero, {totals['newly_in_stock']:,} newly in stock"
    rest = f"{totals['negative']:,} negative in Retail Pro, {totals['unmatched']:,} unmatched"
    keys, changing = counted(totals["keys"], "SKU-location"), totals["changed"]
    changed = f"none of {keys} changes"
    if changing:
        moved = ((totals["units_up"], "up"), (-totals["units_down"], "down"))
        units = ", ".join(f"{counted(number, 'unit')} {way}" for number, way in moved if number)
        changed = f"{changing:,} of {keys} {plural(changing, 'changes', 'change')}: {units}"
    return f"{changed}; {newly}; {rest}"
