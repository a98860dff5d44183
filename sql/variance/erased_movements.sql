-- One row per live movement between the snapshot and its key's reset, which the reset erased; on doubt a sale counts as erased and a return does not.
SELECT
    movement.facility_id,
    movement.product_id,
    movement.units,
    movement.reason,
    movement.moved_at,
    movement.order_id,
    movement.return_id
FROM movements AS movement
JOIN reset_keys AS key USING (facility_id, product_id)
WHERE movement.moved_at > $as_of
  AND CASE
      WHEN movement.units < 0 THEN movement.moved_at <= key.reset_at
      ELSE movement.moved_at >= CAST($as_of AS TIMESTAMP) + INTERVAL 1 SECOND AND movement.moved_at <= key.earliest_at
  END
ORDER BY movement.facility_id, movement.product_id, movement.moved_at, movement.inventory_item_id, movement.inventory_item_detail_seq_id
