-- One row: the quantities of one store and product in each stage of the run; null where a stage does not have them.
WITH sent AS (
    SELECT facility_id, product_id, sum(delta) AS delta
    FROM variance_delivered
    GROUP BY facility_id, product_id
)
SELECT
    reset.raw_quantity,
    reset.quantity          AS reset_quantity,
    variance.variance       AS computed_variance,
    CAST(sent.delta AS BIGINT) AS delivered_variance,
    applied.applied,
    missing.reason          AS missing_because
FROM (SELECT $facility_id AS facility_id, $product_id AS product_id) AS one
LEFT JOIN filtered_reset AS reset ON reset.facility_id = one.facility_id AND reset.product_id = one.product_id
LEFT JOIN partial_shipment_variance AS variance ON variance.facility_id = one.facility_id AND variance.product_id = one.product_id
LEFT JOIN sent ON sent.facility_id = one.facility_id AND sent.product_id = one.product_id
LEFT JOIN applied_reset AS applied ON applied.facility_id = one.facility_id AND applied.product_id = one.product_id
LEFT JOIN unmatched_keys AS missing ON missing.facility_id = one.facility_id AND missing.product_id = one.product_id
