"""The rows of the raw file that HotWax needs."""

from datetime import date

import dagster as dg
from duckdb import DuckDBPyConnection

from retailsync_assets.assets.metadata import materialized, reduction, shown_rows
from retailsync_assets.assets.nightly_step import nightly_step
from retailsync_assets.errors import Quarantined, Waiting
from retailsync_assets.ledger.models import DeliveryKind, NightState, Snapshot
from retailsync_assets.raw_file.breakers import raise_holds
from retailsync_assets.raw_file.landing import has_its_hash, landed_file
from retailsync_assets.raw_file.parser import LandedFile, ParsedFile, apply_rules, parse
from retailsync_assets.raw_file.quarantine import keep_rows, recording_files, reject
from retailsync_assets.resources.known_tables import attach
from retailsync_assets.resources.lake import Lake, fetch_dicts
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.resources.sql import version

QUERIES = (
    "raw_file/spelling",
    "raw_file/wanted",
    "raw_file/raw_scan",
    "raw_file/raw_stores",
    "raw_file/unreadable_records",
    "raw_file/in_scope",
    "raw_file/broken_records",
    "raw_file/rule_counts",
    "raw_file/quarantined_rows",
    "reset/filtered_reset",
    "reset/unmatched_keys",
    "reset/breaker_figures",
)


NEW_AND_NOBODYS = "is_new AND facility_id IS NULL"


@dg.asset(
    group_name="reset",
    kinds={"duckdb", "parquet"},
    deps=["raw_reset_file", "active_products"],
    code_version=version(*QUERIES),
    output_required=False,
)
@nightly_step
def filtered_reset(
    context: dg.AssetExecutionContext, lake: dg.ResourceParam[Lake], resources: dg.ResourceParam[SiteResources]
) -> dg.MaterializeResult[None]:
    """One row per SKU-location: each active product at each of the site's stores that the snapshot contains.

    Columns: `facility_id`, `external_facility_id`, `product_id`, `upca` (as HotWax writes it), `raw_quantity`,
    `quantity` (on-hand quantity to send, at least zero if `floor_at_zero` is set), `snapshot_id`. Sorted by facility
    and UPCA; the same snapshot gives the same bytes. Also writes `quarantined_rows`, `rule_counts`, `line_balance`,
    `unmatched_keys` and `raw_stores`.
    """
    on, site = date.fromisoformat(context.partition_key), resources.site
    promised = resources.night(on)
    if promised.unpublished(DeliveryKind.RESET):
        return _as_promised(resources, lake, promised)
    with recording_files(resources, lake, on), lake.get_connection() as duck:
        standing, snapshot = _inputs(resources, lake, on)
        attach(duck, lake, standing, "active_products", "stores")
        file = landed_file(lake.landing, snapshot, site.retail_pro.encoding)
        try:
            seen = _records(resources, lake, duck, on, file)
        except Quarantined as refusal:
            raise reject(resources, snapshot, refusal) from refusal
        quarantined = keep_rows(resources, lake, duck, on, snapshot, file, seen)
        floor = site.variance.floor_at_zero
        lake.write_query(duck, on, "reset/filtered_reset", floor=floor, snapshot_id=snapshot.snapshot_id)
        unmatched = lake.write_query(duck, on, "reset/unmatched_keys")
        tripped = raise_holds(resources, lake, duck, on, snapshot)
        new_codes = [row["store_code"] for row in fetch_dicts(duck.table("raw_stores").filter(NEW_AND_NOBODYS))]
        rules = shown_rows("rule_counts", fetch_dicts(duck.table("rule_counts")))
    return materialized(
        lake,
        resources,
        "filtered_reset",
        on,
        snapshot_id=snapshot.snapshot_id,
        product_list=standing.product_list,
        quarantined_rows=quarantined,
        unmatched_keys=unmatched,
        quarantine=dg.PathMetadataValue(str(lake.file("quarantined_rows", on))),
        rules=rules,
        new_store_codes=", ".join(new_codes) or "none",
        also=reduction(snapshot.size, lake.file("filtered_reset", on).stat().st_size),
        held=", ".join(tripped) or "no",
    )


def _as_promised(resources: SiteResources, lake: Lake, standing: NightState) -> dg.MaterializeResult[None]:
    """A reset that is promised and not out yet: its rows stand, whatever the inputs have become since."""
    on, made = standing.business_date, standing.made.get("filtered_reset")
    with lake.get_connection() as duck:
        attach(duck, lake, standing, "filtered_reset")
        lake.write_table(duck.view("filtered_reset"), on, "filtered_reset")
    return materialized(
        lake,
        resources,
        "filtered_reset",
        on,
        snapshot_id=standing.promised_reset[0].snapshot_id,
        product_list=made.product_list if made else standing.product_list,
        held="no: its rows are promised",
    )


def _records(resources: SiteResources, lake: Lake, duck: DuckDBPyConnection, on: date, file: LandedFile) -> ParsedFile:
    """Every record of the file, read once and checked against the rules; raises `Quarantined`."""
    seen = parse(duck, file, resources.site.retail_pro)
    lake.attach_earlier(duck, on, earlier_nights_raw_stores="raw_stores")
    lake.write_query(duck, on, "raw_file/raw_stores")
    if not any(row["facility_id"] for row in fetch_dicts(duck.table("raw_stores"))):
        raise Quarantined("it has no row for any of the site's stores: it is the file of another subsidiary")
    apply_rules(duck, resources.site.retail_pro, resources.site.limits.absurd_quantity)
    return seen


def _inputs(resources: SiteResources, lake: Lake, on: date) -> tuple[NightState, Snapshot]:
    """The snapshot, its bytes proved again, and where the night stands; raises `Waiting` for what is missing."""
    standing = resources.night(on)
    if standing.snapshot is None:
        raise Waiting(f"raw_reset_file of {on} has not been accepted")
    if "active_products" not in standing.made:
        raise Waiting(f"active_products of {on} has not been materialized")
    if not has_its_hash(lake.landing, standing.snapshot):
        raise Waiting(
            f"the downloaded bytes of {standing.snapshot.file_name} are missing or changed: materialize raw_reset_file"
        )
    return standing, standing.snapshot
