-- One row per store: what the reset set, what changed since the last reset (null if the store was not in it), what was deducted, and how HotWax's on-hand quantity differs from the target.
WITH deducted AS (
    SELECT facility_id, -sum(delta) AS units
    FROM variance_delivery
    GROUP BY facility_id
),
read_back AS (
    SELECT
        facility_id,
        count(*) FILTER (WHERE drift <> 0)                     AS keys_with_drift,
        coalesce(sum(drift) FILTER (WHERE drift > 0), 0)       AS units_over,
        coalesce(-sum(drift) FILTER (WHERE drift < 0), 0)      AS units_under
    FROM applied_inventory
    GROUP BY facility_id
)
SELECT
    current.facility_id,
    any_value(coalesce(store.facility_name, current.facility_id))     AS store,
    count(*)                                                          AS keys,
    sum(current.quantity)                                             AS units,
    CASE WHEN count(before.quantity) > 0
         THEN count(*) FILTER (WHERE current.quantity <> before.quantity) END    AS keys_changed,
    any_value(coalesce(deducted.units, 0))                        AS deducted,
    any_value(coalesce(read_back.keys_with_drift, 0))                 AS keys_with_drift,
    any_value(coalesce(read_back.units_over, 0))                      AS units_over,
    any_value(coalesce(read_back.units_under, 0))                     AS units_under
FROM filtered_reset AS current
LEFT JOIN last_reset AS before USING (facility_id, product_id)
LEFT JOIN stores AS store ON store.facility_id = current.facility_id
LEFT JOIN deducted ON deducted.facility_id = current.facility_id
LEFT JOIN read_back ON read_back.facility_id = current.facility_id
GROUP BY current.facility_id
ORDER BY any_value(coalesce(read_back.units_over + read_back.units_under, 0)) DESC, store
