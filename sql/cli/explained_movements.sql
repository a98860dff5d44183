-- One row per live till movement of one key that the reset erased and the variance books again.
SELECT
    units,
    reason,
    moved_at,
    order_id,
    return_id
FROM erased_movements
WHERE facility_id = $facility_id
  AND product_id = $product_id
ORDER BY moved_at
