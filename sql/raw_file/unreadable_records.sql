-- One row per rule by which records that DuckDB can read are none: how many.
SELECT
    rule,
    CAST(sum(rows) AS BIGINT) AS rows
FROM (
    SELECT
        unreadable_by(upc_rule, store_code) AS rule,
        rows
    FROM raw_scan
) AS judged
WHERE rule IS NOT NULL
GROUP BY rule
ORDER BY rule
