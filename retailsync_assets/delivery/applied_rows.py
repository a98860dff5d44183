"""What the delivered files came to: the rows HotWax failed, and the variances that stand."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from retailsync_assets.delivery.failed_records import failed_rows, fetch_failed_records, kept_failed_records
from retailsync_assets.delivery.import_files import sent_facility
from retailsync_assets.delivery.import_log import ImportRun, finished_import, imports_of
from retailsync_assets.delivery.row_order import A_SECOND, Key, Movement, Span, variance_came_last
from retailsync_assets.ledger.models import Delivery, DeliveryKind, DeliveryState, NightState
from retailsync_assets.resources.lake import Lake
from retailsync_assets.resources.oms import parse_utc
from retailsync_assets.resources.site import SiteResources

Row = dict[str, Any]
KeyId = tuple[str, str]
"""HotWax's ids of facility and product."""

PRODUCTS_AT_ONCE = 1_000


def import_that_applied(resources: SiteResources, delivery: Delivery) -> ImportRun:
    """The import that applied a file; where HotWax's log has lost it, what the ledger kept of it."""
    found = finished_import(imports_of(delivery, resources.oms))
    if found is not None:
        return found
    published, finished, failed = delivery.published_at, delivery.finished_at, delivery.failed_rows
    return ImportRun("", "", published or finished, finished, None, failed, None)


def rows_failed(resources: SiteResources, delivery: Delivery) -> list[Row]:
    """The rows of a file that HotWax did not apply: `file_name`, `facility_id` and `id_value` as sent, `error`.

    From the failed-records file as it was kept when HotWax's verdict was entered; the server isn't asked for it again.
    """
    if delivery.state is not DeliveryState.PARTIAL:
        return []
    found, content = import_that_applied(resources, delivery), kept_failed_records(resources.home, delivery)
    if content is None:
        content = fetch_failed_records(resources, delivery, found)
    return list(failed_rows(resources, delivery, found, content).rows)


def variances_delivered(resources: SiteResources, lake: Lake, standing: NightState) -> list[Row]:
    """The night's variance rows that count in HotWax's stock, or still may.

    None of a rejected file, none that failed, and none that its key's reset overwrote: HotWax keeps no order between
    its imports, and whichever came last at a key stands there.
    """
    delivered = {
        each.file_name: each
        for each in standing.current_deliveries(DeliveryKind.VARIANCE)
        if each.state is not DeliveryState.REJECTED
    }
    failed = {
        (row["file_name"], row["facility_id"], row["id_value"])
        for each in delivered.values()
        for row in rows_failed(resources, each)
    }
    rows = [
        row
        for row in lake.rows("variance_delivery", standing.business_date)
        if row["file_name"] in delivered
        and (row["file_name"], sent_facility(resources.site.hotwax, row), row["upca"]) not in failed
    ]
    overwritten = _overwritten(resources, lake, standing, rows)
    return [row for row in rows if (row["file_name"], row["facility_id"], row["product_id"]) not in overwritten]


def _overwritten(
    resources: SiteResources, lake: Lake, standing: NightState, rows: list[Row]
) -> set[tuple[str, str, str]]:
    """The files and keys of variance rows that were applied before their key was reset."""
    if not standing.is_of_current_reset("applied_reset"):
        return set()
    reset = {
        (row["facility_id"], row["product_id"]): Span(_utc(row["earliest_at"]), _utc(row["applied_at"]))
        for row in lake.rows("applied_reset", standing.business_date)
        if row["applied"]
    }
    applied = {
        each.file_name: _span(import_that_applied(resources, each), each.finished_at)
        for each in standing.current_deliveries(DeliveryKind.VARIANCE)
        if each.finished_at is not None
    }
    doubtful = [
        row
        for row in rows
        if (key := (row["facility_id"], row["product_id"])) in reset
        and row["file_name"] in applied
        and applied[row["file_name"]].earliest - A_SECOND <= reset[key].latest + A_SECOND
    ]
    if not doubtful:
        return set()
    sent = {
        (row["facility_id"], row["product_id"]): row["quantity"]
        for row in lake.rows("reset_delivery", standing.business_date)
    }
    keys = _keys(resources, doubtful, sent, min(each.earliest for each in (*applied.values(), *reset.values())))
    return {
        (row["file_name"], *key)
        for row in doubtful
        if (key := (row["facility_id"], row["product_id"])) in reset
        and not variance_came_last(keys[key], reset[key], applied[row["file_name"]])
    }


def _keys(resources: SiteResources, rows: list[Row], sent: dict[KeyId, int], since: datetime) -> dict[KeyId, Key]:
    """What HotWax knows of these rows' keys since a moment before their imports."""
    products = sorted({row["product_id"] for row in rows})
    on_hand, movements = dict[KeyId, dict[str, Decimal]](), dict[KeyId, list[Movement]]()
    for first in range(0, len(products), PRODUCTS_AT_ONCE):
        for found in resources.oms.rows(
            "movements_of_products",
            product_stores=resources.site.product_stores,
            since=since - 2 * A_SECOND,
            products=products[first : first + PRODUCTS_AT_ONCE],
        ):
            key, item, at = (found["facility_id"], found["product_id"]), found["inventory_item_id"], found["moved_at"]
            on_hand.setdefault(key, {})[item] = Decimal(str(found["on_hand"] or 0))
            if (moved_at := parse_utc(at)) is not None:
                seq, units = str(found["inventory_item_detail_seq_id"]), Decimal(str(found["units"] or 0))
                movements.setdefault(key, []).append(Movement(item, seq, moved_at, units, found["reason"]))
    every = {(row["facility_id"], row["product_id"]) for row in rows}
    return {key: Key(sent.get(key, 0), on_hand.get(key, {}), movements.get(key, [])) for key in every}


def _span(run: ImportRun, noted: datetime) -> Span:
    """`noted` is when it was entered as ended, for a log without times."""
    ended = run.finished_at or noted
    return Span(run.started_at or ended, ended)


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC)
