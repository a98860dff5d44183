"""What the delivered files came to: the rows HotWax failed, and the variances that stand."""

from typing import Any

from retailsync_assets.delivery import outbox
from retailsync_assets.delivery.import_evidence import applied_import
from retailsync_assets.delivery.import_files import keys_of, parse_failed_rows, sent_facility
from retailsync_assets.errors import Held
from retailsync_assets.ledger.models import Delivery, DeliveryKind, DeliveryState, NightState
from retailsync_assets.resources.lake import Lake
from retailsync_assets.resources.site import SiteResources

Row = dict[str, Any]


def rows_failed(resources: SiteResources, delivery: Delivery) -> list[Row]:
    """The rows of a file that HotWax did not apply: `file_name`, `facility_id` and `id_value` as sent, `error`.

    Raises `Held` when HotWax counts failures that no failed-records file names.
    """
    if delivery.state is not DeliveryState.PARTIAL:
        return []
    source = applied_import(delivery, resources.oms).failed_records_file
    if not source:
        raise Held(f"HotWax failed rows of {delivery.file_name} and names them in no file: ask for its failed records")
    with resources.hotwax.session() as session:
        content = session.read(source)
    try:
        rows = parse_failed_rows(content)
    except ValueError as unreadable:
        raise Held(f"{source}: not a failed-records file of {delivery.file_name}: {unreadable}") from unreadable
    named = {(row["facility_id"], row["id_type"] or resources.site.hotwax.id_type, row["id_value"]) for row in rows}
    strangers = sorted(named - keys_of(outbox.load(resources.home, delivery)))
    if strangers:
        raise Held(f"{source}: names {', '.join(strangers[0])}, which {delivery.file_name} does not have")
    if delivery.failed_rows and len(named) != delivery.failed_rows:
        count = f"{len(named)} rows, HotWax failed {delivery.failed_rows}"
        raise Held(f"{source}: names {count} of {delivery.file_name}: ask for its failed records")
    return [{**row, "file_name": delivery.file_name} for row in rows]


def variances_delivered(resources: SiteResources, lake: Lake, standing: NightState) -> list[Row]:
    """The night's variance rows that count in HotWax's stock, or still may.

    None of a rejected file, none that failed, and none that a reset overwrote: HotWax keeps no order between its two
    imports, and a variance that came first is gone wherever the reset was applied after it.
    """
    failed = {
        (row["file_name"], row["facility_id"], row["id_value"])
        for delivery in standing.current_deliveries(DeliveryKind.VARIANCE)
        for row in rows_failed(resources, delivery)
    }
    standing_files = {
        each.file_name
        for each in standing.current_deliveries(DeliveryKind.VARIANCE)
        if each.state is not DeliveryState.REJECTED
    }
    overwritten, reset_keys = _overwritten(standing), _keys_reset(lake, standing)
    return [
        row
        for row in lake.rows("variance_delivery", standing.business_date)
        if row["file_name"] in standing_files
        and (row["file_name"], sent_facility(resources.site.hotwax, row), row["upca"]) not in failed
        and not (row["file_name"] in overwritten and (row["facility_id"], row["product_id"]) in reset_keys)
    ]


def _overwritten(standing: NightState) -> set[str]:
    """The variances whose import ended before that of the reset did."""
    resets = [each.finished_at for each in standing.current_deliveries(DeliveryKind.RESET)]
    applied = [finished for finished in resets if finished is not None]
    if not resets or len(applied) < len(resets):
        return set()
    variances = standing.current_deliveries(DeliveryKind.VARIANCE)
    return {each.file_name for each in variances if each.finished_at is not None and each.finished_at < max(applied)}


def _keys_reset(lake: Lake, standing: NightState) -> set[tuple[str, str]]:
    """The keys that HotWax set, by its evidence for the reset that is out now."""
    if not standing.is_of_current_reset("applied_reset"):
        return set()
    rows = lake.rows("applied_reset", standing.business_date)
    return {(row["facility_id"], row["product_id"]) for row in rows if row["applied"]}
