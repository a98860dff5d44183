-- HotWax's units on hand of one product at one facility, summed over locations; no row where it has no inventory item.
SELECT SUM(item.QUANTITY_ON_HAND_TOTAL) AS on_hand
FROM INVENTORY_ITEM AS item
WHERE item.PRODUCT_ID = :product_id
  AND item.FACILITY_ID = :facility_id
HAVING COUNT(*) > 0
