"""What a nightly run would change in HotWax, by SKU-location: a dry run over the live inputs."""

import csv
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from retailsync_assets.assets.applied_inventory import ON_HAND
from retailsync_assets.config.home import Home
from retailsync_assets.config.loader import Site
from retailsync_assets.errors import NotPossible, Waiting
from retailsync_assets.ledger.models import NightState
from retailsync_assets.orchestration.execution.dry_run import dry_run, materialize
from retailsync_assets.orchestration.execution.night_runner import check_partition_exists
from retailsync_assets.raw_file.inbox import wait_until_stable
from retailsync_assets.resources.clock import Clock
from retailsync_assets.resources.known_tables import attach
from retailsync_assets.resources.lake import Lake, fetch_dicts
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.resources.sql import query
from retailsync_assets.workflow.decision import active_products_due

Row = dict[str, Any]
RESET = ("raw_reset_file", "filtered_reset")
VARIANCE = ("pos_acknowledgements", "partial_shipment_variance")
TABLES = ("filtered_reset", "active_products", "stores", "partial_shipment_variance", "unmatched_keys")


@dataclass(frozen=True)
class Plan:
    """A planned run: `totals` of all SKU-locations, `stores` and `products` the same by each, `changes` a row each.

    `held` has a line for each circuit breaker and hold that would stop it; `is_held`: they have stopped it already;
    `approved` has those that a person approved. `is_out`: the reset is delivered already, so that nothing is sent
    again.
    """

    site: str
    business_date: str
    file: str
    snapshot_as_of: str
    is_out: bool
    is_held: bool
    held: tuple[str, ...]
    approved: tuple[str, ...]
    quarantined_rows: int
    totals: Row
    stores: Sequence[Row]
    products: Sequence[Row]
    changes: Sequence[Row]

    def top_changes(self, count: int) -> list[Row]:
        """The SKU-locations that change most, in units, up or down."""
        moving = (row for row in self.changes if row["change"])
        return sorted(moving, key=lambda row: (-abs(row["change"]), row["facility_id"], row["upca"]))[:count]

    def document(self, count: int) -> Row:
        """The JSON of `retailsync plan --json`: everything, but only the largest changes."""
        found = asdict(self)
        del found["changes"]
        return {**found, "movers": self.top_changes(count)}


def plan(site: Site, home: Home, on: date, clock: Clock) -> Plan:
    """The plan for a business date, before or after its run; raises `RetailSyncError` if none can be computed."""
    with dry_run(site, home, on, clock) as resources:
        check_partition_exists(resources, on)
        holding = _holding(resources.ledger.night_state(on))
        wait_until_stable(resources, on)
        standing = resources.ledger.night_state(on)
        due = ("active_products",) if active_products_due(site, standing, resources.now()) else ()
        materialize(resources, on, *(() if _is_out(standing) else (*due, *RESET)), *VARIANCE)
        return _read(resources, resources.ledger.night_state(on), holding)


def _read(resources: SiteResources, standing: NightState, holding: set[tuple[str, str]]) -> Plan:
    site, on, snapshot = resources.site, standing.business_date, standing.snapshot
    if snapshot is None:
        raise Waiting(f"raw_reset_file of {on} has not been accepted")
    lake = Lake(resources.home, site.name)
    with lake.get_connection() as duck:
        attach(duck, lake, standing, *TABLES, "quarantined_rows")
        lake.load_as(duck, "on_hand", ON_HAND, resources.oms.rows("on_hand", product_stores=site.product_stores))
        changes = fetch_dicts(lake.run_query(duck, "cli/planned_changes"))
        totals = {
            by: fetch_dicts(duck.sql(query("cli/planned_totals"), params={"by": by})) for by in ("", "store", "product")
        }
        quarantined = len(fetch_dicts(duck.view("quarantined_rows")))
    return Plan(
        site=site.name,
        business_date=on.isoformat(),
        file=snapshot.file_name,
        snapshot_as_of=f"{snapshot.as_of:%Y-%m-%dT%H:%M:%SZ}",
        is_out=_is_out(standing),
        is_held=bool(standing.open_holds) and _holding(standing) <= holding,
        held=tuple(f"{hold.cause}: {hold.reason}" for hold in standing.open_holds),
        approved=tuple(f"{hold.cause}: {hold.reason}" for hold in standing.holds if hold.approved_at),
        quarantined_rows=quarantined,
        totals=_named(totals[""])[0] if totals[""] else {},
        stores=_named(totals["store"], "facility_id", "external_facility_id"),
        products=_named(totals["product"], "upca", "internal_name"),
        changes=changes,
    )


def _holding(standing: NightState) -> set[tuple[str, str]]:
    return {(hold.cause, hold.subject) for hold in standing.open_holds}


def _is_out(standing: NightState) -> bool:
    """From the promise on, the inputs of the reset are kept as they were."""
    return bool(standing.promised_reset)


def _named(rows: list[Row], *names: str) -> list[Row]:
    """A row's first two columns are what it is of, and go by its own names; of everything, they are nothing."""
    return [{**dict(zip(names, row.values(), strict=False)), **dict(list(row.items())[2:])} for row in rows]


def write_csv(plan: Plan, file: Path) -> None:
    """Every SKU-location of the plan, one row each, with a header; raises `NotPossible` where it can't be written."""
    try:
        with file.open("w", newline="", encoding="utf-8") as target:
            writer = csv.DictWriter(target, list(plan.changes[0]) if plan.changes else [])
            writer.writeheader()
            writer.writerows(plan.changes)
    except OSError as failed:
        raise NotPossible(f"{file}: can't be written: {failed.strerror}") from failed
