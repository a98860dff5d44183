-- When a reset changed a key: the last reset row of each product and facility of the site within one import's time.
SELECT
    item.FACILITY_ID           AS facility_id,
    item.PRODUCT_ID            AS product_id,
    MAX(detail.EFFECTIVE_DATE) AS applied_at
FROM INVENTORY_ITEM_DETAIL AS detail
JOIN INVENTORY_ITEM AS item ON item.INVENTORY_ITEM_ID = detail.INVENTORY_ITEM_ID
JOIN (
    SELECT DISTINCT FACILITY_ID
    FROM PRODUCT_STORE_FACILITY
    WHERE PRODUCT_STORE_ID = :product_store
) AS store ON store.FACILITY_ID = item.FACILITY_ID
WHERE detail.REASON_ENUM_ID = 'VAR_EXT_RESET'
  AND detail.EFFECTIVE_DATE >= :started_at
  AND detail.EFFECTIVE_DATE <= :finished_at
GROUP BY item.FACILITY_ID, item.PRODUCT_ID
ORDER BY facility_id, product_id
