"""One explained SKU-location, as `retailsync explain` prints it, from 60 columns up."""

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape

from retailsync_assets.cli.explanation import Explanation
from retailsync_assets.cli.output.table import print_table

HEADS = {
    "order_id": "order",
    "order_item_seq_id": "line",
    "shipment_id": "shipment",
    "quantity": "units",
    "shipped_at": "shipped",
    "acknowledged_at": "acknowledged",
}
"""Short names of columns, with which a line fits 80 columns; the JSON has the long ones."""
TELLS_MORE = {
    "not a store of this site": "stores",
    "not active": "active_products",
    "not in the raw file": "unmatched_keys",
    "reset row failed": "applied_reset",
    "quarantined": "quarantined_rows",
}
"""The status of a SKU-location → the table with the details."""


def print_explanation(console: Console, found: Explanation) -> None:
    """From Retail Pro's on-hand quantity to HotWax's, with the lines that were deducted."""
    place = f"UPC {escape(found.upc)} at {escape(found.store)}"
    console.print(f"{found.site} · business date {found.business_date} · {place}", soft_wrap=True)
    ids = f"product {found.product_id or '–'}, facility {found.facility_id or '–'}"
    console.print(f"  {found.status} ({escape(ids)})", soft_wrap=True)
    steps = {
        f"Retail Pro on hand (as of {found.snapshot_as_of or '–'})": found.raw_quantity,
        "reset": found.reset_quantity,
        "variance": found.variance,
        "target": found.target_quantity,
        "HotWax on hand": found.hotwax_quantity,
    }
    shown = {what: "–" if units is None else f"{units:,}" for what, units in steps.items()}
    left, right = max(map(len, shown)), max(map(len, shown.values()))
    for what, units in shown.items():
        console.print(f"  {what:<{left}}  {units:>{right}}", soft_wrap=True)
    _print_rows(console, "Deducted", found.deducted)
    _print_rows(console, "Added back", found.replayed or ())
    if found.status == "pending" and found.snapshot_as_of is None:
        look = f"retailsync status {found.site} --date {found.business_date}"
        console.print(f"  waiting for the raw file of {found.business_date}; next: {look}", soft_wrap=True)
    if found.status in TELLS_MORE:
        asked = f"FROM {TELLS_MORE[found.status]} WHERE business_date = '{found.business_date}'"
        console.print(f'  {found.status}: retailsync query {found.site} "{asked}"', soft_wrap=True)


def _print_rows(console: Console, title: str, rows: Sequence[dict[str, Any]]) -> None:
    """One line a row, without the columns that are empty in all of them."""
    names = [name for name in rows[0] if any(row[name] is not None for row in rows)] if rows else []
    if names:
        heads = [HEADS.get(name, name.replace("_", " ")) for name in names]
        print_table(console, title, heads, [[row[name] for name in names] for row in rows])
