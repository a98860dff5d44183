-- One row per line that left one of the site's stores longer ago than Retail Pro may take to note it, and that it has not noted; oldest first.
SELECT
    line.order_id,
    line.order_item_seq_id,
    line.shipment_id,
    line.facility_id,
    store.external_facility_id,
    line.product_id,
    line.quantity,
    line.shipped_at,
    date_diff('hour', line.shipped_at, CAST($now AS TIMESTAMP)) AS hours,
    line.order_still_partial
FROM shipped_lines AS line
LEFT JOIN stores AS store USING (facility_id)
WHERE line.acknowledged_at IS NULL
  AND coalesce(line.shipped_at <= CAST($now AS TIMESTAMP) - to_seconds($stuck_after_hours * 3600), true)
ORDER BY line.shipped_at NULLS FIRST, line.order_id, line.order_item_seq_id, line.shipment_id, line.product_id
