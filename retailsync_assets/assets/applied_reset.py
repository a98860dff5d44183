"""The import confirmation of the reset, row by row."""

from datetime import date

import dagster as dg

from retailsync_assets.assets.metadata import materialized
from retailsync_assets.assets.nightly_step import nightly_step
from retailsync_assets.delivery.applied_rows import import_that_applied, rows_failed
from retailsync_assets.delivery.import_evidence import refresh_imports
from retailsync_assets.delivery.row_order import A_SECOND
from retailsync_assets.errors import Held, Remedy, Waiting
from retailsync_assets.ledger.models import DeliveryKind, DeliveryState
from retailsync_assets.resources.known_tables import attach
from retailsync_assets.resources.lake import Lake, fetch_dicts
from retailsync_assets.resources.oms import parse_utc
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.resources.sql import version

IMPORT = {"file_name": "VARCHAR", "started_at": "TIMESTAMP", "finished_at": "TIMESTAMP"}
EFFECT = {
    "facility_id": "VARCHAR",
    "product_id": "VARCHAR",
    "applied_at": "TIMESTAMP",
    "units_changed": "DECIMAL(18, 6)",
}
FAILED = {"file_name": "VARCHAR", "facility_id": "VARCHAR", "id_value": "VARCHAR", "error": "VARCHAR"}


QUERIES = (
    "oms/import_log",
    "oms/reset_effects",
    "reset/applied_reset",
)


@dg.asset(
    group_name="reset",
    kinds={"sql", "parquet"},
    deps=["reset_delivery"],
    code_version=version(*QUERIES),
    output_required=False,
)
@nightly_step
def applied_reset(
    context: dg.AssetExecutionContext, lake: dg.ResourceParam[Lake], resources: dg.ResourceParam[SiteResources]
) -> dg.MaterializeResult[None]:
    """One row per SKU-location of the delivered reset: whether and when HotWax applied it, or why the row failed.

    Columns: `file_name`, the SKU-location, `applied`, `applied_at` and `earliest_at` (UTC), `error`, `units_changed`.
    Only HotWax's import log confirms an import: a file that left its folder does not, nor does the time that has
    passed. Source: `sql/oms/import_log.sql`, `reset_effects.sql`, and the failed-records files on HotWax's SFTP server.
    """
    on = date.fromisoformat(context.partition_key)
    with lake.get_connection() as duck:
        standing = refresh_imports(resources, on)
        parts = standing.current_deliveries(DeliveryKind.RESET)
        if not parts or any(part.state not in (DeliveryState.APPLIED, DeliveryState.PARTIAL) for part in parts):
            if standing.open_holds:
                raise Held(standing.open_holds[0].reason, Remedy.APPROVE)
            names = ", ".join(part.file_name for part in parts) or f"a reset for {on}"
            raise Waiting(f"HotWax has not imported {names} yet")
        imports = [
            {
                "file_name": part.file_name,
                "started_at": str(found.started_at or part.published_at or found.finished_at or part.finished_at),
                "finished_at": str(found.finished_at or part.finished_at),
            }
            for part in parts
            for found in [import_that_applied(resources, part)]
        ]
        started = min(filter(None, (parse_utc(row["started_at"]) for row in imports)))
        finished = max(filter(None, (parse_utc(row["finished_at"]) for row in imports)))
        published = min(part.published_at or started for part in parts)
        effects = resources.oms.rows(
            "reset_effects",
            product_stores=resources.site.product_stores,
            started_at=started - A_SECOND,
            finished_at=finished + A_SECOND,
        )
        attach(duck, lake, standing, "reset_delivery")
        lake.load_as(duck, "imports", IMPORT, imports)
        lake.load_as(duck, "effects", EFFECT, effects)
        lake.load_as(duck, "failed_rows", FAILED, [row for part in parts for row in rows_failed(resources, part)])
        external = resources.site.hotwax.facility_id_from == "external"
        lake.write_query(duck, on, "reset/applied_reset", external=external, tolerance=A_SECOND.total_seconds())
        failed = fetch_dicts(duck.table("applied_reset").filter("NOT applied").aggregate("count(*) AS rows"))[0]["rows"]
    return materialized(
        lake,
        resources,
        "applied_reset",
        on,
        snapshot_id=parts[0].snapshot_id,
        deliveries=standing.names(DeliveryKind.RESET),
        failed_rows=failed,
        started_at=dg.MetadataValue.timestamp(started),
        finished_at=dg.MetadataValue.timestamp(finished),
        minutes_in_hotwax=round((finished - published).total_seconds() / 60, 1),
    )
