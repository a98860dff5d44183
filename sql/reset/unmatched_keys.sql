-- One row per active product and store without a reset row: never sent as zero, reported here.
SELECT
    store.facility_id,
    product.product_id,
    product.upca,
    CASE WHEN disputed.product_id IS NULL THEN 'not in the raw file' ELSE 'quarantined' END AS reason
FROM active_products AS product
CROSS JOIN stores AS store
ANTI JOIN filtered_reset AS reset USING (facility_id, product_id)
LEFT JOIN (SELECT DISTINCT facility_id, product_id FROM in_scope) AS disputed USING (facility_id, product_id)
ORDER BY store.facility_id, product.upca
