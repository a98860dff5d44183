-- When a reset changed a key, and by how many units: each reset row of each product and facility of the site within the imports' time.
SELECT
    store.FACILITY_ID                             AS facility_id,
    COALESCE(product.PRODUCT_ID, item.PRODUCT_ID) AS product_id,
    detail.EFFECTIVE_DATE                         AS applied_at,
    detail.QUANTITY_ON_HAND_DIFF                  AS units_changed
FROM INVENTORY_ITEM_DETAIL AS detail
JOIN INVENTORY_ITEM AS item ON item.INVENTORY_ITEM_ID = detail.INVENTORY_ITEM_ID
JOIN (
    SELECT DISTINCT COALESCE(facility.FACILITY_ID, assigned.FACILITY_ID) AS FACILITY_ID
    FROM PRODUCT_STORE_FACILITY AS assigned
    LEFT JOIN FACILITY AS facility ON facility.FACILITY_ID = assigned.FACILITY_ID
    WHERE assigned.PRODUCT_STORE_ID IN :product_stores
) AS store ON store.FACILITY_ID = item.FACILITY_ID
LEFT JOIN PRODUCT AS product ON product.PRODUCT_ID = item.PRODUCT_ID
WHERE detail.REASON_ENUM_ID = 'VAR_EXT_RESET'
  AND detail.EFFECTIVE_DATE >= :started_at
  AND detail.EFFECTIVE_DATE <= :finished_at
ORDER BY facility_id, product_id, applied_at
