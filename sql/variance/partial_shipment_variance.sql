-- One row per SKU-location with units to deduct by either rule, or to add back: its target less what the reset sets, which may carry deductions already. The floor of the reset is the floor of the variance.
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
moved AS (
    SELECT facility_id, product_id, CAST(floor(sum(units)) AS BIGINT) AS replayed
    FROM erased_movements
    GROUP BY facility_id, product_id
),
carried AS (
    SELECT reset.facility_id, reset.product_id
    FROM filtered_reset AS reset
    JOIN reset_keys USING (facility_id, product_id)
    WHERE coalesce(reset.netted, 0) <> 0
),
both_ways AS (
    SELECT
        facility_id,
        product_id,
        coalesce(deducted.unacknowledged, 0) AS unacknowledged,
        coalesce(deducted.still_partial, 0)  AS still_partial,
        coalesce(moved.replayed, 0)          AS replayed
    FROM deducted
    FULL JOIN moved USING (facility_id, product_id)
    FULL JOIN carried USING (facility_id, product_id)
),
floored AS (
    SELECT
        reset.facility_id,
        reset.external_facility_id,
        reset.product_id,
        reset.upca,
        reset.quantity AS reset_quantity,
        units.replayed,
        units.unacknowledged,
        CASE
            WHEN $floor THEN greatest(reset.raw_quantity - units.unacknowledged + units.replayed, 0) - reset.quantity
            ELSE reset.raw_quantity - units.unacknowledged + units.replayed - reset.quantity
        END AS strict_variance,
        units.still_partial,
        CASE
            WHEN $floor THEN greatest(reset.raw_quantity - units.still_partial + units.replayed, 0) - reset.quantity
            ELSE reset.raw_quantity - units.still_partial + units.replayed - reset.quantity
        END AS documented_variance,
        reset.snapshot_id
    FROM both_ways AS units
    JOIN filtered_reset AS reset USING (facility_id, product_id)
)
SELECT
    facility_id,
    external_facility_id,
    product_id,
    upca,
    reset_quantity,
    replayed,
    unacknowledged,
    strict_variance,
    still_partial,
    documented_variance,
    CASE WHEN $rule = 'documented' THEN documented_variance ELSE strict_variance END AS variance,
    snapshot_id
FROM floored
ORDER BY facility_id, upca
