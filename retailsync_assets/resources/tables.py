"""The lake's tables: every column with its type and meaning, as written, shown in the Dagster UI and queried."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column of a table of the lake; `type` is DuckDB's."""

    name: str
    type: str
    meaning: str


def _columns(*lines: str) -> tuple[Column, ...]:
    return tuple(Column(*(part.strip() for part in line.split("|", 2))) for line in lines)


FACILITY = "facility_id | VARCHAR | HotWax's facility ID of the store"
EXTERNAL = "external_facility_id | VARCHAR | Retail Pro's store code"
PRODUCT = "product_id | VARCHAR | HotWax's product ID"
UPCA = "upca | VARCHAR | the product's UPCA as HotWax writes it, with leading zeros"
SNAPSHOT = "snapshot_id | VARCHAR | snapshot ID of the raw file: its timestamp and the start of its hash"
FILE = "file_name | VARCHAR | the delivered file"

TABLES: dict[str, tuple[Column, ...]] = {
    "raw_reset_file": _columns(
        "upc | VARCHAR | as in the raw file",
        "store_code | VARCHAR | as in the raw file",
        "quantity | VARCHAR | as in the raw file",
    ),
    "snapshots": _columns(
        SNAPSHOT,
        "file_name | VARCHAR | the raw file's name",
        "sha256 | VARCHAR | SHA-256 of its bytes, and its name in the landing folder",
        "as_of | TIMESTAMP | snapshot time, UTC",
        "bytes | BIGINT | file size",
        "lines | BIGINT | physical lines, including the header",
        "rows | BIGINT | records: lines without header and blank lines",
    ),
    "active_products": _columns(
        PRODUCT,
        "internal_name | VARCHAR | the merchant's product name (SKU)",
        UPCA,
        "match_key | VARCHAR | the UPCA without leading zeros",
    ),
    "ambiguous_products": _columns(
        PRODUCT,
        "internal_name | VARCHAR | the merchant's product name (SKU)",
        UPCA,
        "match_key | VARCHAR | the UPCA without leading zeros, shared with another active product: none is sent",
    ),
    "stores": _columns(FACILITY, EXTERNAL, "facility_name | VARCHAR | store name"),
    "filtered_reset": _columns(
        FACILITY,
        EXTERNAL,
        PRODUCT,
        UPCA,
        "raw_quantity | BIGINT | on-hand quantity in Retail Pro, may be negative",
        "quantity | BIGINT | on-hand quantity sent to HotWax",
        "netted | BIGINT | units that the reset carries, below zero: deducted; 0 unless the site nets its reset",
        SNAPSHOT,
    ),
    "raw_stores": _columns(
        "store_code | VARCHAR | store code in the raw file",
        "rows | BIGINT | number of its rows",
        "facility_id | VARCHAR | HotWax's facility ID; null if the store is out of scope",
        "in_other_letters | BOOLEAN | HotWax writes the store code in another case",
        "is_new | BOOLEAN | no earlier raw file had this store code",
    ),
    "unmatched_keys": _columns(
        FACILITY, PRODUCT, UPCA, "reason | VARCHAR | why the active product has no reset row for this store"
    ),
    "quarantined_rows": _columns(
        SNAPSHOT,
        "line | BIGINT | line number in the raw file; the header is line 1",
        "byte_offset | BIGINT | offset of the line in the raw file, in bytes",
        "rule | VARCHAR | the rule that the row breaks",
        "upc | VARCHAR | as in the raw file; null if the line is unreadable",
        "store_code | VARCHAR | as in the raw file",
        "quantity | VARCHAR | as in the raw file",
        "raw | VARCHAR | the whole line, unprintable characters escaped, cut after 1,000 characters",
    ),
    "quarantined_files": _columns(
        SNAPSHOT,
        "file_name | VARCHAR | the raw file's name",
        "sha256 | VARCHAR | SHA-256 of its bytes, and its name in the landing folder",
        "bytes | BIGINT | file size",
        "rule | VARCHAR | why the file is quarantined",
        "line | BIGINT | the first invalid line, if known",
        "byte_offset | BIGINT | offset of that line in the file, in bytes",
        "raw | VARCHAR | that line, unprintable characters escaped, cut after 1,000 characters",
    ),
    "line_balance": _columns(
        SNAPSHOT,
        "lines | BIGINT | physical lines of the raw file: the sum of the next five columns",
        "header | BIGINT | 1",
        "blank | BIGINT | empty lines",
        "loaded | BIGINT | lines loaded as records",
        "without_data | BIGINT | a repeated header, empty rows, totals and other footers",
        "quarantined | BIGINT | unreadable lines",
    ),
    "rule_counts": _columns(
        SNAPSHOT,
        "rule | VARCHAR | a rule that rows of the raw file break, or an anomaly that is accepted",
        "rows | BIGINT | number of rows in the whole raw file, in scope or not",
        "quarantined | BIGINT | rows excluded: in scope, or unreadable",
    ),
    "pos_acknowledgements": _columns(
        "order_id | VARCHAR | the sales order",
        "order_item_seq_id | VARCHAR | the order line",
        "shipment_id | VARCHAR | one shipment; null: everything the line had shipped from that store by then",
        "kind | VARCHAR | INVOICE, SLIP_OUT or SLIP_IN",
        "store_code | VARCHAR | Retail Pro's code of the store that recorded it",
        "accepted_at | TIMESTAMP | when Retail Pro accepted it, UTC",
        "document_no | VARCHAR | invoice or slip number",
        "file_name | VARCHAR | the response file",
    ),
    "shipped_lines": _columns(
        "order_id | VARCHAR | the sales order",
        "order_item_seq_id | VARCHAR | the order line",
        "shipment_id | VARCHAR | the shipment",
        FACILITY,
        PRODUCT,
        "quantity | BIGINT | units shipped",
        "shipped_at | TIMESTAMP | when HotWax deducted them from its on-hand quantity, UTC; null if unknown",
        "acknowledged_at | TIMESTAMP | when Retail Pro acknowledged the line, UTC; null if not yet",
        "strict | BOOLEAN | the strict rule deducts it",
        "documented | BOOLEAN | the documented rule deducts it",
        "ambiguous | BOOLEAN | deducted although its times leave open whether the snapshot or the reset includes it",
        "elsewhere | BOOLEAN | ship group and shipment name different facilities; the shipment's facility applies",
        "order_still_partial | BOOLEAN | its order was neither completed nor cancelled when HotWax was queried",
    ),
    "odd_shipments": _columns(
        "order_id | VARCHAR | the sales order",
        "order_item_seq_id | VARCHAR | the order line",
        "shipment_id | VARCHAR | the shipment",
        "shipment_item_seq_id | VARCHAR | the item of the shipment",
        FACILITY,
        PRODUCT,
        "reason | VARCHAR | what HotWax's rows lack, or an unknown shipment state",
        "counted | BOOLEAN | the line is counted in shipped_lines; false: what left, or from where, is unknown",
    ),
    "erased_movements": _columns(
        FACILITY,
        PRODUCT,
        "units | BIGINT | units received (above zero) or issued that the reset overwrote",
        "reason | VARCHAR | HotWax's reason, such as POS_SALE",
        "moved_at | TIMESTAMP | when HotWax recorded it, UTC: after the snapshot, before the SKU-location was reset",
        "order_id | VARCHAR | the related order, if any",
        "return_id | VARCHAR | the related return, if any",
    ),
    "partial_shipment_variance": _columns(
        FACILITY,
        EXTERNAL,
        PRODUCT,
        UPCA,
        "reset_quantity | BIGINT | quantity set by the reset",
        "replayed | BIGINT | POS sales (below zero) and returns that the reset overwrote; 0 unless replayed",
        "unacknowledged | BIGINT | shipped units that the strict rule deducts",
        "strict_variance | BIGINT | units that the strict rule would send, after flooring at zero",
        "still_partial | BIGINT | shipped units that the documented rule deducts",
        "documented_variance | BIGINT | units that the documented rule would send, after flooring at zero",
        "variance | BIGINT | units that the site's rule sends; above zero only if a return is added back",
        SNAPSHOT,
    ),
    "unacknowledged_shipments": _columns(
        "order_id | VARCHAR | the sales order",
        "order_item_seq_id | VARCHAR | the order line",
        "shipment_id | VARCHAR | the shipment",
        FACILITY,
        EXTERNAL,
        PRODUCT,
        "quantity | BIGINT | units shipped",
        "shipped_at | TIMESTAMP | when HotWax deducted them from its on-hand quantity, UTC; null if unknown",
        "hours | BIGINT | whole hours since then",
        "order_still_partial | BOOLEAN | true: Retail Pro is notified when the order is complete; false: no document",
    ),
    "reset_delivery": _columns(
        FILE,
        FACILITY,
        EXTERNAL,
        PRODUCT,
        UPCA,
        "raw_quantity | BIGINT | on-hand quantity in Retail Pro, may be negative",
        "quantity | BIGINT | on-hand quantity sent to HotWax",
        "netted | BIGINT | units that the reset carries, below zero: deducted; 0 unless the site nets its reset",
        SNAPSHOT,
    ),
    "applied_reset": _columns(
        FILE,
        FACILITY,
        PRODUCT,
        UPCA,
        "applied | BOOLEAN | HotWax applied the row; false: the row is in the failed-records file",
        "applied_at | TIMESTAMP | when HotWax updated the SKU-location, UTC; the end of the import if unknown",
        "earliest_at | TIMESTAMP | the same, or the start of the import",
        "error | VARCHAR | HotWax's error for a failed row",
        "units_changed | BIGINT | units by which the reset changed HotWax's on-hand quantity; null for a failed row",
    ),
    "variance_delivery": _columns(
        FILE,
        FACILITY,
        EXTERNAL,
        PRODUCT,
        UPCA,
        "delta | BIGINT | units sent: deducted (below zero) or added back (above zero)",
    ),
    "applied_inventory": _columns(
        FACILITY,
        EXTERNAL,
        PRODUCT,
        UPCA,
        "raw_quantity | BIGINT | on-hand quantity in Retail Pro",
        "reset_quantity | BIGINT | quantity set by the reset; null if the row failed",
        "variance | BIGINT | units deducted or added back",
        "target_quantity | BIGINT | reset plus variance",
        "moved_since | BIGINT | units moved since the reset: shipments, POS sales, returns, counts",
        "hotwax_quantity | BIGINT | HotWax's on-hand quantity at reconciliation, summed over locations",
        "drift | BIGINT | unexplained difference: HotWax's on-hand quantity minus the target and what moved since",
        "status | VARCHAR | exact, explained (by what moved since), drift, or not set (the reset row failed)",
        SNAPSHOT,
    ),
    "drift": _columns(
        FACILITY,
        EXTERNAL,
        "exact_keys | BIGINT | SKU-locations where HotWax has the target",
        "explained_keys | BIGINT | SKU-locations where HotWax has the target plus what moved since",
        "drifting_keys | BIGINT | SKU-locations with an unexplained difference",
        "units | BIGINT | unexplained units, surplus plus shortage",
        "balance | BIGINT | surplus minus shortage; above zero HotWax has too many",
    ),
}

WRITTEN_BESIDE: dict[str, tuple[str, ...]] = {
    "raw_reset_file": ("snapshots", "quarantined_files"),
    "active_products": ("ambiguous_products", "stores"),
    "filtered_reset": ("raw_stores", "quarantined_rows", "rule_counts", "line_balance", "unmatched_keys"),
    "partial_shipment_variance": ("shipped_lines", "odd_shipments", "erased_movements"),
    "applied_inventory": ("drift",),
}
"""Asset → the tables it writes beside the one of its own name."""


def asset_of(table: str) -> str:
    """The asset that writes a table: of its own name, or beside it."""
    return next((asset for asset, beside in WRITTEN_BESIDE.items() if table in beside), table)
