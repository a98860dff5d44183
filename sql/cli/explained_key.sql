-- One row: the store and product that a UPC and a store code or facility ID name, with the quantities of each stage of the run.
WITH store AS (
    SELECT facility_id, external_facility_id
    FROM stores
    WHERE trim(external_facility_id) = trim($store)
       OR facility_id = $store
    ORDER BY trim(external_facility_id) = trim($store) DESC
    LIMIT 1
),
product AS (
    SELECT product_id, upca
    FROM active_products
    WHERE match_key = ltrim(trim($upc), '0')
),
sent AS (
    SELECT facility_id, product_id, sum(delta) AS delta
    FROM variance_delivered
    GROUP BY facility_id, product_id
)
SELECT
    store.facility_id,
    store.external_facility_id,
    product.product_id,
    product.upca,
    reset.raw_quantity,
    reset.quantity          AS reset_quantity,
    variance.variance       AS computed_variance,
    CAST(sent.delta AS BIGINT) AS delivered_variance,
    applied.applied,
    missing.reason          AS missing_because
FROM (SELECT 1) AS one
LEFT JOIN store ON true
LEFT JOIN product ON true
LEFT JOIN filtered_reset AS reset ON reset.facility_id = store.facility_id AND reset.product_id = product.product_id
LEFT JOIN partial_shipment_variance AS variance ON variance.facility_id = store.facility_id AND variance.product_id = product.product_id
LEFT JOIN sent ON sent.facility_id = store.facility_id AND sent.product_id = product.product_id
LEFT JOIN applied_reset AS applied ON applied.facility_id = store.facility_id AND applied.product_id = product.product_id
LEFT JOIN unmatched_keys AS missing ON missing.facility_id = store.facility_id AND missing.product_id = product.product_id
