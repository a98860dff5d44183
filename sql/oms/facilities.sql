-- One row per facility that the product store ever had, open or closed.
SELECT DISTINCT FACILITY_ID AS facility_id
FROM PRODUCT_STORE_FACILITY
WHERE PRODUCT_STORE_ID = :product_store
ORDER BY facility_id
