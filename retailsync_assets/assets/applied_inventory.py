"""What HotWax should have, and what it has."""

from datetime import date

import dagster as dg

from retailsync_assets.failures import in_one_line
from retailsync_assets.lookout import look_for_evidence
from retailsync_assets.metadata import described, report_link
from retailsync_assets.night import made_from, verdict
from retailsync_assets.outcomes import Held, Waiting
from retailsync_assets.queries import version
from retailsync_assets.records import Kind
from retailsync_assets.resources.lake import Lake, answer
from retailsync_assets.settled import variances_delivered
from retailsync_assets.verdicts import Done, Run, Stopped, Wait
from retailsync_assets.workplace import Workplace

ON_HAND = {"facility_id": "VARCHAR", "product_id": "VARCHAR", "on_hand": "DECIMAL(26,6)"}


QUERIES = (
    "oms/on_hand",
    "applied_inventory",
)


@dg.asset(
    group_name="variance",
    kinds={"sql", "parquet"},
    deps=["applied_reset", "variance_delivery"],
    code_version=version(*QUERIES),
)
def applied_inventory(
    context: dg.AssetExecutionContext, lake: Lake, place: dg.ResourceParam[Workplace]
) -> dg.MaterializeResult[None]:
    """One row per key: the target that reset and variance make, and HotWax's own units on hand once both are applied.

    Columns: the key, `raw_quantity`, `reset_quantity` (null where its row failed), `variance`, `target_quantity`,
    `hotwax_quantity` (summed over locations), `drift`. Source: `sql/oms/on_hand.sql` after the variance's evidence.
    """
    on = date.fromisoformat(context.partition_key)
    with in_one_line(), lake.get_connection() as duck:
        standing = look_for_evidence(place, on)
        match verdict(place.site, standing, place.now(), by_hand=True):
            case Run("applied_inventory") | Done():
                pass
            case Run(due):
                raise Waiting(f"{due} of {on} comes first")
            case Wait(reason):
                raise Waiting(reason)
            case Stopped(reasons):
                raise Held(reasons[0].removeprefix(Held.prefix))
        lake.load(duck, "variance_delivered", "variance_delivery", variances_delivered(place, lake, standing))
        lake.load_as(duck, "on_hand", ON_HAND, place.oms.rows("on_hand", product_store=place.site.product_store))
        lake.show(duck, on, "filtered_reset", "applied_reset")
        lake.write(duck, on, "applied_inventory")
        drift = answer(
            duck.table("applied_inventory").aggregate(
                "count(*) FILTER (WHERE drift <> 0) AS keys, coalesce(sum(abs(drift)), 0) AS units"
            )
        )[0]
    return described(
        lake,
        place,
        "applied_inventory",
        on,
        snapshot_id=standing.current(Kind.RESET)[0].snapshot_id,
        detail=made_from(standing, Kind.RESET, Kind.VARIANCE),
        keys_with_drift=drift["keys"],
        units_of_drift=int(drift["units"]),
        report=report_link(place, on),
    )
