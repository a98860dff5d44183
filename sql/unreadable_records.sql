-- One row per rule by which records that DuckDB can read are none: how many.
SELECT
    rule,
    CAST(sum(rows) AS BIGINT) AS rows
FROM (
    SELECT
        CASE
            WHEN upc_rule = 'a total, no record' THEN upc_rule
            ELSE coalesce(
                unreadable_rule(NULL, store_code),
                CASE WHEN upc_rule = 'UPC in scientific notation' THEN upc_rule END
            )
        END AS rule,
        rows
    FROM raw_scan
) AS judged
WHERE rule IS NOT NULL
GROUP BY rule
ORDER BY rule
