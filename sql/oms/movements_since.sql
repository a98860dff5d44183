-- Each movement of a stock item of the site since a moment that was no reset and no variance: shipments, till sales, returns, counts.
SELECT
    store.FACILITY_ID                             AS facility_id,
    COALESCE(product.PRODUCT_ID, item.PRODUCT_ID) AS product_id,
    detail.EFFECTIVE_DATE                         AS moved_at,
    detail.QUANTITY_ON_HAND_DIFF                  AS units
FROM INVENTORY_ITEM_DETAIL AS detail
JOIN INVENTORY_ITEM AS item ON item.INVENTORY_ITEM_ID = detail.INVENTORY_ITEM_ID
JOIN (
    SELECT DISTINCT COALESCE(facility.FACILITY_ID, assigned.FACILITY_ID) AS FACILITY_ID
    FROM PRODUCT_STORE_FACILITY AS assigned
    LEFT JOIN FACILITY AS facility ON facility.FACILITY_ID = assigned.FACILITY_ID
    WHERE assigned.PRODUCT_STORE_ID IN :product_stores
) AS store ON store.FACILITY_ID = item.FACILITY_ID
LEFT JOIN PRODUCT AS product ON product.PRODUCT_ID = item.PRODUCT_ID
WHERE detail.EFFECTIVE_DATE > :since
  AND detail.QUANTITY_ON_HAND_DIFF <> 0
  AND COALESCE(detail.REASON_ENUM_ID, '') NOT IN ('VAR_EXT_RESET', 'VAR_INTEGR')
ORDER BY facility_id, product_id, moved_at, units
