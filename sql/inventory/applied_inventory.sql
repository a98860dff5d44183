-- One row per SKU-location of the reset: target, HotWax's on-hand quantity, what moved in between, and the unexplained difference (drift). A SKU-location without an inventory item has none on hand.
WITH variance AS (
    SELECT facility_id, product_id, sum(delta) AS delta
    FROM variance_delivered
    GROUP BY facility_id, product_id
),
moved AS (
    SELECT since.facility_id, since.product_id, CAST(sum(since.units) AS BIGINT) AS units
    FROM movements_since AS since
    JOIN applied_reset AS applied ON applied.facility_id = since.facility_id AND applied.product_id = since.product_id
    WHERE since.moved_at > applied.applied_at
    GROUP BY since.facility_id, since.product_id
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
        coalesce(moved.units, 0)                                         AS moved_since,
        CAST(stock.on_hand AS BIGINT)                                    AS hotwax_quantity,
        reset.snapshot_id
    FROM filtered_reset AS reset
    LEFT JOIN applied_reset AS applied USING (facility_id, product_id)
    LEFT JOIN variance USING (facility_id, product_id)
    LEFT JOIN on_hand AS stock USING (facility_id, product_id)
    LEFT JOIN moved USING (facility_id, product_id)
),
compared AS (
    SELECT *, coalesce(hotwax_quantity, 0) - target_quantity - moved_since AS drift
    FROM target
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
    moved_since,
    hotwax_quantity,
    drift,
    CASE
        WHEN target_quantity IS NULL THEN 'not set'
        WHEN drift <> 0 THEN 'drift'
        WHEN coalesce(hotwax_quantity, 0) = target_quantity THEN 'exact'
        ELSE 'explained'
    END AS status,
    snapshot_id
FROM compared
ORDER BY facility_id, upca
