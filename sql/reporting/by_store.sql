-- One row per store: what the night set there, what changed since the last reset (null where it has none of the store), what was taken off, and how HotWax's stock differs from the target.
WITH deducted AS (
    SELECT facility_id, -sum(delta) AS taken_off
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
    tonight.facility_id,
    any_value(coalesce(store.facility_name, tonight.facility_id))     AS store,
    count(*)                                                          AS keys,
    sum(tonight.quantity)                                             AS units,
    CASE WHEN count(before.quantity) > 0
         THEN count(*) FILTER (WHERE tonight.quantity <> before.quantity) END    AS keys_changed,
    any_value(coalesce(deducted.taken_off, 0))                        AS taken_off,
    any_value(coalesce(read_back.keys_with_drift, 0))                 AS keys_with_drift,
    any_value(coalesce(read_back.units_over, 0))                      AS units_over,
    any_value(coalesce(read_back.units_under, 0))                     AS units_under
FROM filtered_reset AS tonight
LEFT JOIN last_reset AS before USING (facility_id, product_id)
LEFT JOIN stores AS store ON store.facility_id = tonight.facility_id
LEFT JOIN deducted ON deducted.facility_id = tonight.facility_id
LEFT JOIN read_back ON read_back.facility_id = tonight.facility_id
GROUP BY tonight.facility_id
ORDER BY any_value(coalesce(read_back.units_over + read_back.units_under, 0)) DESC, store
