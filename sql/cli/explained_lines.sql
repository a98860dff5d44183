-- One row per line that the site's rule deducts from one key.
SELECT
    order_id,
    order_item_seq_id,
    shipment_id,
    quantity,
    shipped_at,
    acknowledged_at
FROM shipped_lines
WHERE facility_id = $facility_id
  AND product_id = $product_id
  AND CASE WHEN $rule = 'documented' THEN documented ELSE strict END
ORDER BY shipped_at, order_id, order_item_seq_id, shipment_id
