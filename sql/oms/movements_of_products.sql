-- Each movement since a moment of the inventory items of some products at the site's stores, beside the item's units now; an item that nothing moved has one row without a movement.
SELECT
    store.FACILITY_ID                             AS facility_id,
    COALESCE(product.PRODUCT_ID, item.PRODUCT_ID) AS product_id,
    item.INVENTORY_ITEM_ID                        AS inventory_item_id,
    item.QUANTITY_ON_HAND_TOTAL                   AS on_hand,
    detail.INVENTORY_ITEM_DETAIL_SEQ_ID           AS inventory_item_detail_seq_id,
    detail.EFFECTIVE_DATE                         AS moved_at,
    detail.QUANTITY_ON_HAND_DIFF                  AS units,
    detail.REASON_ENUM_ID                         AS reason
FROM INVENTORY_ITEM AS item
JOIN (
    SELECT DISTINCT COALESCE(facility.FACILITY_ID, assigned.FACILITY_ID) AS FACILITY_ID
    FROM PRODUCT_STORE_FACILITY AS assigned
    LEFT JOIN FACILITY AS facility ON facility.FACILITY_ID = assigned.FACILITY_ID
    WHERE assigned.PRODUCT_STORE_ID IN :product_stores
) AS store ON store.FACILITY_ID = item.FACILITY_ID
LEFT JOIN PRODUCT AS product ON product.PRODUCT_ID = item.PRODUCT_ID
LEFT JOIN INVENTORY_ITEM_DETAIL AS detail
  ON detail.INVENTORY_ITEM_ID = item.INVENTORY_ITEM_ID
 AND detail.EFFECTIVE_DATE >= :since
WHERE item.PRODUCT_ID IN :products
ORDER BY facility_id, product_id, inventory_item_id, moved_at, inventory_item_detail_seq_id
