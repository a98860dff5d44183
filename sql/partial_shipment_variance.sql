-- One row per key with units to deduct by either rule; the floor of the reset is the floor of the variance.
WITH deducted AS (
    SELECT
        facility_id,
        product_id,
        CAST(ceil(coalesce(sum(quantity) FILTER (WHERE strict), 0)) AS BIGINT)     AS unacknowledged,
        CAST(ceil(coalesce(sum(quantity) FILTER (WHERE documented), 0)) AS BIGINT) AS still_partial
    FROM shipped_lines
    GROUP BY facility_id, product_id
    HAVING bool_or(strict OR documented)
),
floored AS (
    SELECT
        reset.facility_id,
        reset.external_facility_id,
        reset.product_id,
        reset.upca,
        reset.quantity AS reset_quantity,
        deducted.unacknowledged,
        CASE
            WHEN $floor THEN greatest(reset.raw_quantity - deducted.unacknowledged, 0) - reset.quantity
            ELSE -deducted.unacknowledged
        END AS strict_variance,
        deducted.still_partial,
        CASE
            WHEN $floor THEN greatest(reset.raw_quantity - deducted.still_partial, 0) - reset.quantity
            ELSE -deducted.still_partial
        END AS documented_variance,
        reset.snapshot_id
    FROM deducted
    JOIN filtered_reset AS reset USING (facility_id, product_id)
)
SELECT
    facility_id,
    external_facility_id,
    product_id,
    upca,
    reset_quantity,
    unacknowledged,
    strict_variance,
    still_partial,
    documented_variance,
    CASE WHEN $rule = 'documented' THEN documented_variance ELSE strict_variance END AS variance,
    snapshot_id
FROM floored
ORDER BY facility_id, upca
