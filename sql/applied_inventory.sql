-- One row per key of the reset: what HotWax should have, what it has, and the drift between the two.
WITH variance AS (
    SELECT facility_id, product_id, sum(delta) AS delta
    FROM variance_delivered
    GROUP BY facility_id, product_id
),
target AS (
    SELECT
        reset.facility_id,
        reset.external_facility_id,
        reset.product_id,
        reset.upca,
        reset.raw_quantity,
        CASE WHEN applied.applied THEN reset.quantity END                AS reset_quantity,
        coalesce(variance.delta, 0)                                      AS variance,
        CASE WHEN applied.applied THEN reset.quantity + coalesce(variance.delta, 0) END AS target_quantity,
        CAST(stock.on_hand AS BIGINT)                                    AS hotwax_quantity,
        reset.snapshot_id
    FROM filtered_reset AS reset
    LEFT JOIN applied_reset AS applied USING (facility_id, product_id)
    LEFT JOIN variance USING (facility_id, product_id)
    LEFT JOIN on_hand AS stock USING (facility_id, product_id)
)
SELECT
    facility_id,
    external_facility_id,
    product_id,
    upca,
    raw_quantity,
    reset_quantity,
    variance,
    target_quantity,
    hotwax_quantity,
    hotwax_quantity - target_quantity AS drift,
    snapshot_id
FROM target
ORDER BY facility_id, upca
