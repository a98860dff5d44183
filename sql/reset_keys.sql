-- One row per key the reset sets, and when: by HotWax's evidence for the keys it applied, before there is any for every key as of now.
SELECT
    reset.facility_id,
    reset.product_id,
    coalesce(applied.applied_at, CAST($now AS TIMESTAMP)) AS reset_at
FROM filtered_reset AS reset
LEFT JOIN applied_reset AS applied USING (facility_id, product_id)
WHERE NOT $evidence
   OR applied.applied
