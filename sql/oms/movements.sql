-- Each movement of a stock item of the site within a span of time that was no shipment, reset or variance: till sales, returns, counts.
SELECT
    store.FACILITY_ID                             AS facility_id,
    COALESCE(product.PRODUCT_ID, item.PRODUCT_ID) AS product_id,
    item.INVENTORY_ITEM_ID                        AS inventory_item_id,
    detail.INVENTORY_ITEM_DETAIL_SEQ_ID           AS inventory_item_detail_seq_id,
    detail.EFFECTIVE_DATE                         AS moved_at,
    detail.QUANTITY_ON_HAND_DIFF                  AS units,
    detail.REASON_ENUM_ID                         AS reason,
    detail.ORDER_ID                               AS order_id,
    detail.RETURN_ID                              AS return_id
FROM INVENTORY_ITEM_DETAIL AS detail
JOIN INVENTORY_ITEM AS item ON item.INVENTORY_ITEM_ID = detail.INVENTORY_ITEM_ID
JOIN (
    SELECT DISTINCT COALESCE(facility.FACILITY_ID, assigned.FACILITY_ID) AS FACILITY_ID
    FROM PRODUCT_STORE_FACILITY AS assigned
    LEFT JOIN FACILITY AS facility ON facility.FACILITY_ID = assigned.FACILITY_ID
    WHERE assigned.PRODUCT_STORE_ID IN :product_stores
) AS store ON store.FACILITY_ID = item.FACILITY_ID
LEFT JOIN PRODUCT AS product ON product.PRODUCT_ID = item.PRODUCT_ID
WHERE detail.EFFECTIVE_DATE > :after
  AND detail.EFFECTIVE_DATE <= :until
  AND detail.QUANTITY_ON_HAND_DIFF <> 0
  AND COALESCE(detail.REASON_ENUM_ID, '') NOT IN ('VAR_EXT_RESET', 'VAR_INTEGR', 'VAR_TRFR_ORD_SHIPPED')
  AND (
      COALESCE(detail.RETURN_ID, '') <> ''
      OR COALESCE(detail.PHYSICAL_INVENTORY_ID, '') <> ''
      OR (COALESCE(detail.REASON_ENUM_ID, '') <> '' AND COALESCE(detail.SHIPMENT_ID, '') = '')
  )
ORDER BY facility_id, product_id, moved_at, inventory_item_id, inventory_item_detail_seq_id
