-- One row per line that left one of the site's stores, and whether each rule deducts it: strictly, when it left no later than its key was reset, the snapshot had not absorbed it, and that key was reset.
WITH line AS (
    SELECT
        shipped.order_id,
        shipped.order_item_seq_id,
        shipped.shipment_id,
        shipped.facility_id,
        shipped.product_id,
        shipped.quantity,
        shipped.shipped_at,
        shipped.ship_group_facility_id,
        shipped.order_still_partial = 1 AS order_still_partial,
        CASE
            WHEN $responses THEN note.acknowledged_at
            ELSE least(shipped.acknowledged_by_order_at, shipped.acknowledged_by_shipment_at)
        END AS acknowledged_at
    FROM shipped
    JOIN stores AS store ON store.facility_id = shipped.facility_id
    LEFT JOIN acknowledged_lines AS note
      ON note.order_id = shipped.order_id
     AND note.order_item_seq_id = shipped.order_item_seq_id
     AND note.shipment_id = shipped.shipment_id
    WHERE shipped.quantity > 0
),
judged AS (
    SELECT
        line.*,
        key.earliest_at,
        key.product_id IS NOT NULL
            AND coalesce(line.shipped_at <= key.reset_at, true)
            AND NOT coalesce(line.acknowledged_at <= $as_of, false) AS strict,
        key.product_id IS NOT NULL AND line.order_still_partial AS documented
    FROM line
    LEFT JOIN reset_keys AS key ON key.facility_id = line.facility_id AND key.product_id = line.product_id
)
SELECT
    order_id,
    order_item_seq_id,
    shipment_id,
    facility_id,
    product_id,
    quantity,
    shipped_at,
    acknowledged_at,
    strict,
    documented,
    strict AND (
        shipped_at IS NULL
        OR shipped_at > earliest_at
        OR coalesce(acknowledged_at < CAST($as_of AS TIMESTAMP) + INTERVAL 1 SECOND, false)
    ) AS ambiguous,
    coalesce(ship_group_facility_id NOT IN ('_NA_', '', facility_id), false) AS elsewhere,
    order_still_partial
FROM judged
ORDER BY order_id, order_item_seq_id, shipment_id, product_id
