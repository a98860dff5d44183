"""The lake's tables: every column with its type and meaning, as it is written, shown in the page and queried."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column of a table of the lake; `type` is DuckDB's."""

    name: str
    type: str
    meaning: str


def _columns(*lines: str) -> tuple[Column, ...]:
    return tuple(Column(*(part.strip() for part in line.split("|", 2))) for line in lines)


FACILITY = "facility_id | VARCHAR | HotWax's id of the store"
EXTERNAL = "external_facility_id | VARCHAR | Retail Pro's code of the store"
PRODUCT = "product_id | VARCHAR | HotWax's id of the product"
UPCA = "upca | VARCHAR | the product's UPCA as HotWax spells it, zeros intact"
SNAPSHOT = "snapshot_id | VARCHAR | the raw file the row comes from: its stamp and the start of its hash"
FILE = "file_name | VARCHAR | the delivered file"

TABLES: dict[str, tuple[Column, ...]] = {
    "raw_reset_file": _columns(
        "upc | VARCHAR | as it stands in the raw file",
        "store_code | VARCHAR | as it stands in the raw file",
        "quantity | VARCHAR | as it stands in the raw file",
    ),
    "snapshots": _columns(
        SNAPSHOT,
        "file_name | VARCHAR | the raw file's name",
        "sha256 | VARCHAR | hash of its bytes, and its name in the landing folder",
        "as_of | TIMESTAMP | the instant of the stock, UTC",
        "bytes | BIGINT | its size",
        "lines | BIGINT | physical lines, header included",
        "rows | BIGINT | records: lines without header and blanks",
    ),
    "active_products": _columns(
        PRODUCT,
        "internal_name | VARCHAR | the merchant's name of the product (SKU)",
        UPCA,
        "match_key | VARCHAR | the UPCA without leading zeros",
    ),
    "ambiguous_products": _columns(
        PRODUCT,
        "internal_name | VARCHAR | the merchant's name of the product (SKU)",
        UPCA,
        "match_key | VARCHAR | the UPCA without leading zeros, shared with another live product: none of them is sent",
    ),
    "stores": _columns(FACILITY, EXTERNAL, "facility_name | VARCHAR | the store's name"),
    "filtered_reset": _columns(
        FACILITY,
        EXTERNAL,
        PRODUCT,
        UPCA,
        "raw_quantity | BIGINT | units on hand as Retail Pro counts them, perhaps negative",
        "quantity | BIGINT | units on hand as HotWax gets them",
        SNAPSHOT,
    ),
    "raw_stores": _columns(
        "store_code | VARCHAR | a store code of the raw file",
        "rows | BIGINT | its rows",
        "facility_id | VARCHAR | the site's store, or null: out of scope",
        "in_other_letters | BOOLEAN | HotWax writes the store's code in other letters",
        "is_new | BOOLEAN | no earlier night's raw file had it",
    ),
    "unmatched_keys": _columns(
        FACILITY, PRODUCT, UPCA, "reason | VARCHAR | why the active product has no reset row at this store"
    ),
    "quarantined_rows": _columns(
        SNAPSHOT,
        "line | BIGINT | its number in the raw file; the header is line 1",
        "byte_offset | BIGINT | where the line begins, in bytes from the start of the raw file",
        "rule | VARCHAR | the rule the row breaks",
        "upc | VARCHAR | as it stands in the raw file; null: the line can't be read",
        "store_code | VARCHAR | as it stands in the raw file",
        "quantity | VARCHAR | as it stands in the raw file",
        "raw | VARCHAR | the whole line, what can't be printed escaped, cut after 1,000 characters",
    ),
    "quarantined_files": _columns(
        SNAPSHOT,
        "file_name | VARCHAR | the raw file's name",
        "sha256 | VARCHAR | hash of its bytes, and its name in the landing folder",
        "bytes | BIGINT | its size",
        "rule | VARCHAR | why it can't be used",
        "line | BIGINT | the first line at fault, where one is named",
        "byte_offset | BIGINT | where that line begins, in bytes from the start of the file",
        "raw | VARCHAR | that line, what can't be printed escaped, cut after 1,000 characters",
    ),
    "line_balance": _columns(
        SNAPSHOT,
        "lines | BIGINT | physical lines of the raw file: the sum of the five that follow",
        "header | BIGINT | 1",
        "blank | BIGINT | empty lines",
        "loaded | BIGINT | lines that were read as records",
        "without_data | BIGINT | the header once more, rows of nothing, totals and the like at the end",
        "quarantined | BIGINT | lines that can't be read",
    ),
    "rule_counts": _columns(
        SNAPSHOT,
        "rule | VARCHAR | a rule that rows of the raw file break, or an oddity that is read as it is meant",
        "rows | BIGINT | rows of the whole raw file, in scope or not",
        "quarantined | BIGINT | rows of them that were left out: in scope, or not to be read at all",
    ),
    "pos_acknowledgements": _columns(
        "order_id | VARCHAR | the sales order",
        "order_item_seq_id | VARCHAR | its line",
        "shipment_id | VARCHAR | one shipment of it; null: what the line had shipped from that store by then",
        "kind | VARCHAR | INVOICE, SLIP_OUT or SLIP_IN",
        "store_code | VARCHAR | Retail Pro's code of the store that booked it",
        "accepted_at | TIMESTAMP | when Retail Pro accepted it, UTC",
        "document_no | VARCHAR | the invoice's or slip's number",
        "file_name | VARCHAR | the response file",
    ),
    "shipped_lines": _columns(
        "order_id | VARCHAR | the sales order",
        "order_item_seq_id | VARCHAR | its line",
        "shipment_id | VARCHAR | the shipment it left with",
        FACILITY,
        PRODUCT,
        "quantity | BIGINT | units that left",
        "shipped_at | TIMESTAMP | when HotWax took them off its on-hand, UTC; null: not known",
        "acknowledged_at | TIMESTAMP | when Retail Pro took note, UTC; null: not yet",
        "strict | BOOLEAN | the strict rule deducts it",
        "documented | BOOLEAN | the documented rule deducts it",
        "ambiguous | BOOLEAN | deducted on doubt: its times leave open whether snapshot or reset had it",
        "elsewhere | BOOLEAN | ship group and shipment name different facilities; the shipment's counts",
        "order_still_partial | BOOLEAN | its order was neither completed nor cancelled when it was asked for",
    ),
    "odd_shipments": _columns(
        "order_id | VARCHAR | the sales order",
        "order_item_seq_id | VARCHAR | its line",
        "shipment_id | VARCHAR | the shipment it left with",
        "shipment_item_seq_id | VARCHAR | the item of that shipment",
        FACILITY,
        PRODUCT,
        "reason | VARCHAR | what HotWax's rows do not tell, or a shipment state that is not known",
        "counted | BOOLEAN | it is in shipped_lines all the same; false: nobody can say what left where",
    ),
    "erased_movements": _columns(
        FACILITY,
        PRODUCT,
        "units | BIGINT | units that came (above zero) or went, and that the reset took back",
        "reason | VARCHAR | HotWax's reason, such as POS_SALE",
        "moved_at | TIMESTAMP | when HotWax booked it, UTC: after the snapshot, before its key was reset",
        "order_id | VARCHAR | the order it names, if any",
        "return_id | VARCHAR | the return it names, if any",
    ),
    "partial_shipment_variance": _columns(
        FACILITY,
        EXTERNAL,
        PRODUCT,
        UPCA,
        "reset_quantity | BIGINT | units the reset sets",
        "replayed | BIGINT | till sales (below zero) and returns that the reset erased; 0 where they are not replayed",
        "unacknowledged | BIGINT | units shipped that the strict rule deducts",
        "strict_variance | BIGINT | what the strict rule would send, after the floor",
        "still_partial | BIGINT | units shipped that the documented rule deducts",
        "documented_variance | BIGINT | what the documented rule would send, after the floor",
        "variance | BIGINT | the one the site's rule sends; above zero only where a return is given back",
        SNAPSHOT,
    ),
    "unacknowledged_shipments": _columns(
        "order_id | VARCHAR | the sales order",
        "order_item_seq_id | VARCHAR | its line",
        "shipment_id | VARCHAR | the shipment it left with",
        FACILITY,
        EXTERNAL,
        PRODUCT,
        "quantity | BIGINT | units that left",
        "shipped_at | TIMESTAMP | when HotWax took them off its on-hand, UTC; null: not known",
        "hours | BIGINT | whole hours since",
        "order_still_partial | BOOLEAN | true: Retail Pro is told once the order is complete; false: it should know",
    ),
    "reset_delivery": _columns(FILE, FACILITY, EXTERNAL, PRODUCT, UPCA, "quantity | BIGINT | units on hand as sent"),
    "applied_reset": _columns(
        FILE,
        FACILITY,
        PRODUCT,
        UPCA,
        "applied | BOOLEAN | HotWax set this key; false: its row is in the failed-records file",
        "applied_at | TIMESTAMP | when the key was set, UTC; where no row of its own says so, when its import ended",
        "earliest_at | TIMESTAMP | the same, or when its import began",
        "error | VARCHAR | what HotWax says of a failed row",
    ),
    "variance_delivery": _columns(
        FILE,
        FACILITY,
        EXTERNAL,
        PRODUCT,
        UPCA,
        "delta | BIGINT | units as sent, below zero: taken off, above: given back",
    ),
    "applied_inventory": _columns(
        FACILITY,
        EXTERNAL,
        PRODUCT,
        UPCA,
        "raw_quantity | BIGINT | units on hand as Retail Pro counts them",
        "reset_quantity | BIGINT | units the reset set; null: its row failed",
        "variance | BIGINT | units taken off again",
        "target_quantity | BIGINT | reset and variance together",
        "moved_since | BIGINT | units that came or went since the reset: shipments, till sales, returns, counts",
        "hotwax_quantity | BIGINT | HotWax's units on hand, summed over locations, when read back",
        "drift | BIGINT | HotWax's less the target and what moved since: what nothing explains",
        "status | VARCHAR | exact, explained (by what moved since), drift, or not set (its reset row failed)",
        SNAPSHOT,
    ),
    "drift": _columns(
        FACILITY,
        EXTERNAL,
        "exact_keys | BIGINT | keys at which HotWax has the target",
        "explained_keys | BIGINT | keys at which HotWax has the target and what moved since",
        "drifting_keys | BIGINT | keys at which nothing explains what HotWax has",
        "units | BIGINT | by how many units these drift, up and down together",
        "balance | BIGINT | the same, up less down: above zero HotWax has too many",
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
