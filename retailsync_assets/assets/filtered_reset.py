"""The rows HotWax should get."""

from datetime import date

import dagster as dg
import duckdb
from duckdb import DuckDBPyConnection

from retailsync_assets.breakers import raise_holds
from retailsync_assets.csv_gate import canonical
from retailsync_assets.failures import in_one_line
from retailsync_assets.landing import intact, quarantine, readable
from retailsync_assets.leave import refuse_to_change_what_was_sent
from retailsync_assets.metadata import described, reduction
from retailsync_assets.night import list_of
from retailsync_assets.outcomes import Waiting
from retailsync_assets.queries import version
from retailsync_assets.records import Snapshot
from retailsync_assets.resources.lake import Lake, answer
from retailsync_assets.workplace import Workplace

QUERIES = (
    "raw_scan",
    "raw_stores",
    "in_scope",
    "quarantined_rows",
    "filtered_reset",
    "unmatched_keys",
    "breaker_figures",
)


@dg.asset(
    group_name="reset",
    kinds={"duckdb", "parquet"},
    deps=["raw_reset_file", "active_products"],
    code_version=version(*QUERIES),
)
def filtered_reset(
    context: dg.AssetExecutionContext, lake: Lake, place: dg.ResourceParam[Workplace]
) -> dg.MaterializeResult[None]:
    """One row for each active product at each of the site's stores that the snapshot has.

    Columns: `facility_id`, `external_facility_id`, `product_id`, `upca` (HotWax's spelling), `raw_quantity`, `quantity`
    (units on hand, never below zero when the site floors), `snapshot_id`. Sorted by facility and UPCA; the same
    snapshot gives the same bytes. Beside it: `quarantined_rows`, `unmatched_keys`, `raw_stores`.
    """
    on, site = date.fromisoformat(context.partition_key), place.site
    with in_one_line(), lake.get_connection() as duck:
        snapshot = _inputs(place, lake, on)
        lake.show(duck, on, "active_products", "stores")
        _scan(place, lake, duck, on, snapshot)
        lake.derive(duck, "in_scope")
        quarantined = lake.write(duck, on, "quarantined_rows", snapshot_id=snapshot.snapshot_id)
        floor = site.variance.floor_at_zero
        lake.write(duck, on, "filtered_reset", floor=floor, snapshot_id=snapshot.snapshot_id)
        unmatched = lake.write(duck, on, "unmatched_keys")
        tripped = raise_holds(place, lake, duck, on, snapshot)
    return described(
        lake,
        place,
        "filtered_reset",
        on,
        snapshot_id=snapshot.snapshot_id,
        detail=list_of(place.ledger.standing(on)),
        quarantined_rows=quarantined,
        unmatched_keys=unmatched,
        quarantine=dg.PathMetadataValue(str(lake.file("quarantined_rows", on))),
        also=reduction(snapshot.size, lake.file("filtered_reset", on).stat().st_size),
        held=", ".join(tripped) or "no",
    )


def _inputs(place: Workplace, lake: Lake, on: date) -> Snapshot:
    """The night's snapshot, its bytes proved again, and its active products; raises `Waiting` for what is missing."""
    standing = place.ledger.standing(on)
    refuse_to_change_what_was_sent(standing, "filtered_reset")
    if standing.snapshot is None:
        raise Waiting(f"raw_reset_file of {on} has not been accepted")
    if "active_products" not in standing.made:
        raise Waiting(f"active_products of {on} has not been made")
    if not intact(lake.landing, standing.snapshot):
        raise Waiting(
            f"the landed bytes of {standing.snapshot.file_name} are gone or changed: materialize raw_reset_file"
        )
    return standing.snapshot


def _scan(place: Workplace, lake: Lake, duck: DuckDBPyConnection, on: date, snapshot: Snapshot) -> None:
    """Read every record once; what DuckDB made of the file has to be the lines that came in, or none of it counts."""
    settings = place.site.retail_pro
    try:
        scan = lake.derive(
            duck,
            "raw_scan",
            path=str(readable(lake.landing, snapshot, settings.encoding)),
            delimiter=settings.delimiter,
            columns=canonical(snapshot.columns, settings),
        )
    except (duckdb.InvalidInputException, duckdb.ConversionException) as unreadable:
        line = str(unreadable).splitlines()[0]
        raise quarantine(place, snapshot, f"it can't be read as CSV: {line}") from unreadable
    loaded = sum(row["rows"] for row in answer(scan.project("rows")))
    if loaded != snapshot.rows:
        raise quarantine(
            place, snapshot, f"{snapshot.rows} records came in, {loaded} can be read: a quote is not closed"
        )
    lake.write(duck, on, "raw_stores")
    if not any(row["facility_id"] for row in answer(duck.table("raw_stores"))):
        raise quarantine(place, snapshot, "it has no row of any of the site's stores: another subsidiary's file")
