-- HotWax's units on hand of each product and facility of the site, summed over locations.
SELECT
    store.FACILITY_ID                             AS facility_id,
    COALESCE(product.PRODUCT_ID, item.PRODUCT_ID) AS product_id,
    SUM(item.QUANTITY_ON_HAND_TOTAL)              AS on_hand
FROM INVENTORY_ITEM AS item
JOIN (
    SELECT DISTINCT COALESCE(facility.FACILITY_ID, assigned.FACILITY_ID) AS FACILITY_ID
    FROM PRODUCT_STORE_FACILITY AS assigned
    LEFT JOIN FACILITY AS facility ON facility.FACILITY_ID = assigned.FACILITY_ID
    WHERE assigned.PRODUCT_STORE_ID IN :product_stores
) AS store ON store.FACILITY_ID = item.FACILITY_ID
LEFT JOIN PRODUCT AS product ON product.PRODUCT_ID = item.PRODUCT_ID
GROUP BY store.FACILITY_ID, COALESCE(product.PRODUCT_ID, item.PRODUCT_ID)
ORDER BY facility_id, product_id
