"""Files for HotWax are named, saved in the outbox and promised in the ledger, with the rows behind their bytes."""

import hashlib
from dataclasses import replace
from typing import Any

from retailsync_assets.delivery.import_files import reset_file, split_reset, variance_file
from retailsync_assets.delivery.outbox import save
from retailsync_assets.ledger.models import Delivery, DeliveryKind, NightState
from retailsync_assets.resources.known_tables import keep
from retailsync_assets.resources.lake import Lake
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.resources.tables import WRITTEN_BESIDE

Row = dict[str, Any]
KEPT_WITH_RESET = (
    "reset_delivery",
    "stores",
    "active_products",
    "ambiguous_products",
    *WRITTEN_BESIDE["filtered_reset"],
)
KEPT_WITH_VARIANCE = (
    "variance_delivery",
    "applied_reset",
    "partial_shipment_variance",
    "shipped_lines",
    "odd_shipments",
    "erased_movements",
    "pos_acknowledgements",
)
"""What a delivery was made from, and what reports on it later: kept beside its bytes."""


def register_reset(
    resources: SiteResources, lake: Lake, night: NightState, snapshot_id: str, rows: list[Row]
) -> tuple[Delivery, ...]:
    """Cut a reset into files of no more than the site's `max_rows_per_file`, save their bytes, and promise them.

    Named `ResetInventory_<site>_<business date>_<seq>_<sha12>.csv`, with `_p01`, `_p02` … where there are several;
    `sha12` is of the whole reset.
    """
    settings, on = resources.site.hotwax, night.business_date
    slices = split_reset(settings, rows)
    whole = reset_file(settings, [row for own in slices for row in own], snapshot_id)
    sha12, seq = hashlib.sha256(whole).hexdigest()[:12], night.last_seq(DeliveryKind.RESET) + 1
    deliveries, delivered = list[Delivery](), list[Row]()
    for part, own in enumerate(slices, start=1):
        suffix = f"_p{part:02}" if len(slices) > 1 else ""
        name = f"ResetInventory_{resources.site.name}_{on}_{seq}_{sha12}{suffix}.csv"
        content = reset_file(settings, own, snapshot_id)
        delivery = Delivery(
            site=resources.site.name, business_date=on, kind=DeliveryKind.RESET, seq=seq, part=part, parts=len(slices),
            file_name=name, sha256=hashlib.sha256(content).hexdigest(), sha12=sha12, snapshot_id=snapshot_id,
            rows=len(own), size=len(content),
        )  # fmt: skip
        save(resources.home, delivery, content)
        deliveries.append(delivery)
        delivered.extend({**row, "file_name": name} for row in own)
    return _promise(resources, lake, night, "reset_delivery", delivered, deliveries, KEPT_WITH_RESET)


def register_variance(
    resources: SiteResources, lake: Lake, night: NightState, before: list[Row], due: list[Row]
) -> tuple[Delivery, ...]:
    """One file of what is due beyond what was delivered `before`; nothing due, no file.

    Named `InventoryVariance_<site>_<business date>_<seq>_for_<sha12 of its reset>.csv`; it is never split.
    """
    on, reset, deliveries = night.business_date, night.current_deliveries(DeliveryKind.RESET)[0], list[Delivery]()
    if due:
        seq = night.last_seq(DeliveryKind.VARIANCE) + 1
        name = f"InventoryVariance_{resources.site.name}_{on}_{seq}_for_{reset.sha12}.csv"
        content = variance_file(resources.site.hotwax, due, reset.snapshot_id, reset.sha12)
        deliveries.append(
            Delivery(
                site=resources.site.name, business_date=on, kind=DeliveryKind.VARIANCE, seq=seq, part=1, parts=1,
                file_name=name, sha256=hashlib.sha256(content).hexdigest(), sha12=reset.sha12,
                snapshot_id=reset.snapshot_id, rows=len(due), size=len(content),
            )
        )  # fmt: skip
        save(resources.home, deliveries[0], content)
        due = [{**row, "file_name": name} for row in due]
    entered = set(night.names(DeliveryKind.VARIANCE))
    rows = [*(row for row in before if row["file_name"] in entered), *due]
    return _promise(resources, lake, night, "variance_delivery", rows, deliveries, KEPT_WITH_VARIANCE)


def _promise(
    resources: SiteResources,
    lake: Lake,
    night: NightState,
    table: str,
    rows: list[Row],
    deliveries: list[Delivery],
    rests_on: tuple[str, ...],
) -> tuple[Delivery, ...]:
    on = night.business_date
    with lake.get_connection() as duck:
        lake.load(duck, "delivered", table, rows)
        lake.write_table(duck.table("delivered"), on, table)
    keep(lake, night, *rests_on)
    digest = lake.sha256(table, on)
    return resources.ledger.register([replace(each, rows_sha256=digest) for each in deliveries], resources.now())
