-- One row per store ($by = 'store'), per product ('product') or for all of them (''): how many keys change, by how many units, and in which way.
WITH key AS (
    SELECT
        CASE $by WHEN 'store' THEN facility_id WHEN 'product' THEN upca END                                AS name,
        CASE $by WHEN 'store' THEN external_facility_id WHEN 'product' THEN internal_name END             AS also,
        change,
        target_quantity <= 0 AND coalesce(hotwax_quantity, 0) > 0 AS newly_zero,
        target_quantity > 0 AND coalesce(hotwax_quantity, 0) <= 0 AS newly_in_stock,
        raw_quantity < 0                                          AS negative,
        false                                                     AS unmatched
    FROM planned_changes
    UNION ALL
    SELECT
        CASE $by WHEN 'store' THEN missing.facility_id WHEN 'product' THEN missing.upca END,
        CASE $by WHEN 'store' THEN store.external_facility_id WHEN 'product' THEN product.internal_name END,
        0,
        false,
        false,
        false,
        true
    FROM unmatched_keys AS missing
    LEFT JOIN stores AS store USING (facility_id)
    LEFT JOIN active_products AS product USING (product_id)
)
SELECT
    name,
    any_value(also)                                             AS also,
    count(*) FILTER (WHERE NOT unmatched)                       AS keys,
    count(*) FILTER (WHERE change <> 0)                         AS changed,
    CAST(coalesce(sum(change) FILTER (WHERE change > 0), 0) AS BIGINT) AS units_up,
    CAST(coalesce(sum(change) FILTER (WHERE change < 0), 0) AS BIGINT) AS units_down,
    count(*) FILTER (WHERE newly_zero)                          AS newly_zero,
    count(*) FILTER (WHERE newly_in_stock)                      AS newly_in_stock,
    count(*) FILTER (WHERE negative)                            AS negative,
    count(*) FILTER (WHERE unmatched)                           AS unmatched
FROM key
GROUP BY name
ORDER BY name
