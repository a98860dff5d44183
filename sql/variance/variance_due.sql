-- One row per SKU-location whose variance differs from what was delivered and applied so far; units are added back only if its reset row failed, POS movements are replayed, or the reset carried deductions.
WITH due AS (
    SELECT
        coalesce(variance.facility_id, sent.facility_id)                   AS facility_id,
        coalesce(variance.external_facility_id, sent.external_facility_id) AS external_facility_id,
        coalesce(variance.product_id, sent.product_id)                     AS product_id,
        coalesce(variance.upca, sent.upca)                                 AS upca,
        coalesce(variance.variance, 0) - coalesce(sent.delta, 0)           AS delta
    FROM partial_shipment_variance AS variance
    FULL JOIN (
        SELECT
            facility_id,
            product_id,
            any_value(external_facility_id) AS external_facility_id,
            any_value(upca)                 AS upca,
            sum(delta)                      AS delta
        FROM variance_delivered
        GROUP BY facility_id, product_id
    ) AS sent USING (facility_id, product_id)
)
SELECT
    due.facility_id,
    due.external_facility_id,
    due.product_id,
    due.upca,
    due.delta
FROM due
LEFT JOIN reset_keys AS key USING (facility_id, product_id)
LEFT JOIN (SELECT DISTINCT facility_id, product_id FROM erased_movements) AS till USING (facility_id, product_id)
LEFT JOIN (SELECT facility_id, product_id FROM filtered_reset WHERE coalesce(netted, 0) <> 0) AS carried USING (facility_id, product_id)
WHERE due.delta < 0
   OR (due.delta > 0 AND (key.product_id IS NULL OR till.product_id IS NOT NULL OR carried.product_id IS NOT NULL))
ORDER BY CASE WHEN $external THEN due.external_facility_id ELSE due.facility_id END, due.upca
