-- One row per key the reset sets, and when, at the earliest and at the latest: by HotWax's evidence for the keys it applied, before there is any for every key as of now. A time without a fraction may be any in its second.
WITH set_at AS (
    SELECT
        reset.facility_id,
        reset.product_id,
        coalesce(applied.applied_at, CAST($now AS TIMESTAMP))                       AS applied_at,
        coalesce(applied.earliest_at, applied.applied_at, CAST($now AS TIMESTAMP)) AS earliest_at
    FROM filtered_reset AS reset
    LEFT JOIN applied_reset AS applied USING (facility_id, product_id)
    WHERE NOT $evidence
       OR applied.applied
)
SELECT
    facility_id,
    product_id,
    earliest_at,
    CASE
        WHEN date_trunc('second', applied_at) = applied_at THEN applied_at + INTERVAL 999999 MICROSECOND
        ELSE applied_at
    END AS reset_at
FROM set_at
