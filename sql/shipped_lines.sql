-- One row per line that left one of the site's stores, and whether each rule deducts it: strictly, when it left no later than its key was reset, the snapshot had not absorbed it, and that key was reset.
SELECT
    line.order_id,
    line.order_item_seq_id,
    line.shipment_id,
    line.facility_id,
    line.product_id,
    line.quantity,
    line.shipped_at,
    CASE
        WHEN $responses THEN note.acknowledged_at
        ELSE least(line.acknowledged_by_order_at, line.acknowledged_by_shipment_at)
    END AS acknowledged_at,
    key.product_id IS NOT NULL
        AND coalesce(line.shipped_at <= key.reset_at, true)
        AND NOT coalesce(
            CASE
                WHEN $responses THEN note.acknowledged_at
                ELSE least(line.acknowledged_by_order_at, line.acknowledged_by_shipment_at)
            END <= $as_of,
            false
        ) AS strict,
    key.product_id IS NOT NULL AND line.order_still_partial = 1 AS documented,
    coalesce(line.ship_group_facility_id <> line.facility_id, false) AS elsewhere
FROM shipped AS line
JOIN stores AS store ON store.facility_id = line.facility_id
LEFT JOIN reset_keys AS key ON key.facility_id = line.facility_id AND key.product_id = line.product_id
LEFT JOIN acknowledged_lines AS note
  ON note.order_id = line.order_id
 AND note.order_item_seq_id = line.order_item_seq_id
 AND note.shipment_id = line.shipment_id
WHERE line.quantity > 0
ORDER BY line.order_id, line.order_item_seq_id, line.shipment_id, line.product_id
