-- One row per line that left one of the site's stores, and whether each rule deducts it: strictly, when it left no later than its key was reset, the snapshot had not absorbed it, and that key was reset.
SELECT
    line.order_id,
    line.order_item_seq_id,
    line.shipment_id,
    line.facility_id,
    line.product_id,
    line.quantity,
    line.shipped_at,
    least(line.acknowledged_by_order_at, line.acknowledged_by_shipment_at) AS acknowledged_at,
    key.product_id IS NOT NULL
        AND coalesce(line.shipped_at <= key.reset_at, true)
        AND NOT coalesce(least(line.acknowledged_by_order_at, line.acknowledged_by_shipment_at) <= $as_of, false) AS strict,
    key.product_id IS NOT NULL AND line.order_still_partial = 1 AS documented,
    coalesce(line.ship_group_facility_id <> line.facility_id, false) AS elsewhere
FROM shipped AS line
JOIN stores AS store ON store.facility_id = line.facility_id
LEFT JOIN reset_keys AS key ON key.facility_id = line.facility_id AND key.product_id = line.product_id
WHERE line.quantity > 0
ORDER BY line.order_id, line.order_item_seq_id, line.shipment_id, line.product_id
