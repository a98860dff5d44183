-- One row per facility that the product store ever had, open or closed.
SELECT DISTINCT COALESCE(facility.FACILITY_ID, assigned.FACILITY_ID) AS facility_id
FROM PRODUCT_STORE_FACILITY AS assigned
LEFT JOIN FACILITY AS facility ON facility.FACILITY_ID = assigned.FACILITY_ID
WHERE assigned.PRODUCT_STORE_ID IN :product_stores
ORDER BY facility_id
