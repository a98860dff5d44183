"""What HotWax made of the reset, row by row."""

from datetime import date, timedelta

import dagster as dg

from retailsync_assets.assets.failures import in_one_line
from retailsync_assets.assets.metadata import described
from retailsync_assets.delivery.applied_rows import rows_failed
from retailsync_assets.delivery.import_evidence import look_for_evidence, the_import_of
from retailsync_assets.errors import Held, Waiting
from retailsync_assets.ledger.models import ArtefactState, Kind
from retailsync_assets.resources.lake import Lake, answer
from retailsync_assets.resources.oms import instant
from retailsync_assets.resources.site import Workplace
from retailsync_assets.resources.sql import version
from retailsync_assets.workflow.provenance import made_from

A_SECOND = timedelta(seconds=1)
IMPORT = {"file_name": "VARCHAR", "started_at": "TIMESTAMP", "finished_at": "TIMESTAMP"}
EFFECT = {"facility_id": "VARCHAR", "product_id": "VARCHAR", "applied_at": "TIMESTAMP"}
FAILED = {"file_name": "VARCHAR", "facility_id": "VARCHAR", "id_value": "VARCHAR", "error": "VARCHAR"}


QUERIES = (
    "oms/import_log",
    "oms/reset_effects",
    "reset/applied_reset",
)


@dg.asset(group_name="reset", kinds={"sql", "parquet"}, deps=["reset_delivery"], code_version=version(*QUERIES))
def applied_reset(
    context: dg.AssetExecutionContext, lake: dg.ResourceParam[Lake], place: dg.ResourceParam[Workplace]
) -> dg.MaterializeResult[None]:
    """One row per key of the delivered reset: whether HotWax set it and when, or what it says of a failed row.

    Columns: `file_name`, the key, `applied`, `applied_at` and `earliest_at` (UTC), `error`. Evidence is HotWax's own
    log of the import; that a file left its folder, or that an hour went by, is none. Source: `sql/oms/import_log.sql`,
    `reset_effects.sql`, and the failed-records files on HotWax's SFTP.
    """
    on = date.fromisoformat(context.partition_key)
    with in_one_line(), lake.get_connection() as duck:
        standing = look_for_evidence(place, on)
        parts = standing.current(Kind.RESET)
        if not parts or any(part.state not in (ArtefactState.APPLIED, ArtefactState.PARTIAL) for part in parts):
            if standing.open_holds:
                raise Held(standing.open_holds[0].reason)
            names = ", ".join(part.file_name for part in parts) or f"a reset for {on}"
            raise Waiting(f"HotWax has not imported {names} yet")
        imports = [
            {
                "file_name": part.file_name,
                "started_at": str(found.started_at or part.published_at or found.finished_at or part.finished_at),
                "finished_at": str(part.finished_at),
            }
            for part in parts
            for found in [the_import_of(part, place.oms)]
        ]
        started = min(filter(None, (instant(row["started_at"]) for row in imports)))
        finished = max(filter(None, (instant(row["finished_at"]) for row in imports)))
        published = min(part.published_at or started for part in parts)
        effects = place.oms.rows(
            "reset_effects",
            product_store=place.site.product_store,
            started_at=started - A_SECOND,
            finished_at=finished + A_SECOND,
        )
        lake.show(duck, on, "reset_delivery")
        lake.load_as(duck, "imports", IMPORT, imports)
        lake.load_as(duck, "effects", EFFECT, effects)
        lake.load_as(duck, "failed_rows", FAILED, [row for part in parts for row in rows_failed(place, part)])
        lake.write(duck, on, "reset/applied_reset", external=place.site.hotwax.facility_id_from == "external")
        failed = answer(duck.table("applied_reset").filter("NOT applied").aggregate("count(*) AS rows"))[0]["rows"]
    return described(
        lake,
        place,
        "applied_reset",
        on,
        snapshot_id=parts[0].snapshot_id,
        detail=made_from(standing, Kind.RESET),
        failed_rows=failed,
        started_at=dg.MetadataValue.timestamp(started),
        finished_at=dg.MetadataValue.timestamp(finished),
        minutes_in_hotwax=round((finished - published).total_seconds() / 60, 1),
    )
