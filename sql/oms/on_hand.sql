-- HotWax's units on hand of each product and facility of the site, summed over locations.
SELECT
    item.FACILITY_ID                 AS facility_id,
    item.PRODUCT_ID                  AS product_id,
    SUM(item.QUANTITY_ON_HAND_TOTAL) AS on_hand
FROM INVENTORY_ITEM AS item
JOIN (
    SELECT DISTINCT FACILITY_ID
    FROM PRODUCT_STORE_FACILITY
    WHERE PRODUCT_STORE_ID = :product_store
) AS store ON store.FACILITY_ID = item.FACILITY_ID
GROUP BY item.FACILITY_ID, item.PRODUCT_ID
ORDER BY facility_id, product_id
