"""Reconciliation: HotWax's target and on-hand quantities, side by side."""

from datetime import UTC, date, datetime

import dagster as dg

from retailsync_assets.assets.metadata import materialized
from retailsync_assets.assets.nightly_step import nightly_step
from retailsync_assets.delivery.applied_rows import variances_delivered
from retailsync_assets.delivery.guard import require
from retailsync_assets.delivery.import_evidence import refresh_imports
from retailsync_assets.ledger.models import DeliveryKind
from retailsync_assets.resources.known_tables import attach
from retailsync_assets.resources.lake import Lake, fetch_dicts
from retailsync_assets.resources.oms import Row
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.resources.sql import version
from retailsync_assets.workflow.decision import next_step

ON_HAND = {"facility_id": "VARCHAR", "product_id": "VARCHAR", "on_hand": "DECIMAL(26,6)"}
MOVED = {"facility_id": "VARCHAR", "product_id": "VARCHAR", "moved_at": "TIMESTAMP", "units": "DECIMAL(26,6)"}
LOOKS = 3


QUERIES = (
    "oms/on_hand",
    "oms/movements_since",
    "inventory/applied_inventory",
    "inventory/drift",
)


@dg.asset(
    group_name="variance",
    kinds={"sql", "parquet"},
    deps=["applied_reset", "variance_delivery"],
    code_version=version(*QUERIES),
    output_required=False,
)
@nightly_step
def applied_inventory(
    context: dg.AssetExecutionContext, lake: dg.ResourceParam[Lake], resources: dg.ResourceParam[SiteResources]
) -> dg.MaterializeResult[None]:
    """One row per SKU-location: the target of reset and variance, and HotWax's on-hand quantity after both are applied.

    Columns: the SKU-location, `raw_quantity`, `reset_quantity` (null if its row failed), `variance`, `target_quantity`,
    `hotwax_quantity` (summed over locations), `moved_since` (units moved since the reset), `drift` (the unexplained
    difference) and `status`: exact, explained, drift or not set. The table `drift` has the totals by store. Source:
    `sql/oms/on_hand.sql` and `movements_since.sql`, read after the import confirmation of the variance.
    """
    on = date.fromisoformat(context.partition_key)
    with lake.get_connection() as duck:
        standing = refresh_imports(resources, on)
        due = next_step(resources.site, standing, resources.now(), by_hand=True)
        require("reconciliation", due, on, again=True)
        lake.load(duck, "variance_delivered", "variance_delivery", variances_delivered(resources, lake, standing))
        attach(duck, lake, standing, "filtered_reset", "applied_reset")
        first = fetch_dicts(duck.view("applied_reset").aggregate("min(applied_at) AS first"))[0]["first"]
        on_hand, moved = _on_hand(resources, resources.now() if first is None else first.replace(tzinfo=UTC))
        lake.load_as(duck, "on_hand", ON_HAND, on_hand)
        lake.load_as(duck, "movements_since", MOVED, moved)
        lake.write_query(duck, on, "inventory/applied_inventory")
        lake.write_query(duck, on, "inventory/drift")
        found = fetch_dicts(
            duck.table("drift").aggregate(
                "coalesce(sum(exact_keys), 0) AS exact, coalesce(sum(explained_keys), 0) AS explained,"
                " coalesce(sum(drifting_keys), 0) AS drifting, coalesce(sum(units), 0) AS units"
            )
        )[0]
    return materialized(
        lake,
        resources,
        "applied_inventory",
        on,
        snapshot_id=standing.current_deliveries(DeliveryKind.RESET)[0].snapshot_id,
        deliveries=standing.names(DeliveryKind.RESET, DeliveryKind.VARIANCE),
        keys_exact=int(found["exact"]),
        keys_explained=int(found["explained"]),
        keys_with_drift=int(found["drifting"]),
        units_of_drift=int(found["units"]),
    )


def _on_hand(resources: SiteResources, since: datetime) -> tuple[list[Row], list[Row]]:
    """HotWax's on-hand quantities and what moved since an instant; read again if something moved in between."""
    stores, on_hand = resources.site.product_stores, list[Row]()
    moved = resources.oms.rows("movements_since", product_stores=stores, since=since)
    for _ in range(LOOKS):
        on_hand = resources.oms.rows("on_hand", product_stores=stores)
        before, moved = moved, resources.oms.rows("movements_since", product_stores=stores, since=since)
        if moved == before:
            break
    return on_hand, moved
