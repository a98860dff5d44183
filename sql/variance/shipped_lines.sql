-- One row per line that left one of the site's stores, and whether each rule deducts it: strictly, when it left no later than its key was reset, the snapshot had not absorbed it, and that key was reset.
WITH line AS (
    SELECT
        counted.order_id,
        counted.order_item_seq_id,
        counted.shipment_id,
        counted.facility_id,
        counted.product_id,
        counted.quantity,
        counted.shipped_at,
        counted.ship_group_facility_id,
        counted.order_still_partial,
        counted.acknowledged_at
    FROM line_quantities AS counted
    JOIN stores AS store ON store.facility_id = counted.facility_id
    WHERE counted.quantity > 0
      AND counted.product_id IS NOT NULL
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
