-- One row per rule that anything in the raw file breaks: how many lines of the whole file do, and how many were left out for it.
WITH counted AS (
    SELECT upc_rule AS rule, sum(rows) AS rows FROM raw_scan WHERE upc_rule NOT IN ('a total, no record', 'a second header, of other columns') GROUP BY upc_rule
    UNION ALL
    SELECT quantity_rule(quantity, $absurd) AS rule, sum(rows) FROM raw_scan WHERE NOT is_no_data(upc_rule) GROUP BY ALL
    UNION ALL
    SELECT rule, rows FROM lines_without_data
    UNION ALL
    SELECT rule, rows FROM unreadable_records WHERE rule <> 'UPC in scientific notation'
    UNION ALL
    SELECT 'leading zeros restored' AS rule, count(*) FROM in_scope WHERE rule IS NULL AND normalised(upc) <> of_hotwax(upca)
    UNION ALL
    SELECT 'store code in other letters' AS rule, sum(rows) FROM raw_stores WHERE in_other_letters
    UNION ALL
    SELECT 'equal to another row of its key' AS rule, count(*) - count(DISTINCT (facility_id, product_id))
    FROM in_scope
    WHERE rule IS NULL
    UNION ALL
    SELECT rule, rows FROM unreadable_lines
    UNION ALL
    SELECT rule, count(*) FROM in_scope WHERE starts_with(rule, 'one key') GROUP BY rule
),
left_out AS (
    SELECT rule, count(*) AS rows FROM in_scope WHERE rule IS NOT NULL GROUP BY rule
    UNION ALL
    SELECT rule, rows FROM unreadable_lines
    UNION ALL
    SELECT rule, rows FROM unreadable_records
)
SELECT
    $snapshot_id                                  AS snapshot_id,
    counted.rule,
    CAST(sum(counted.rows) AS BIGINT)             AS rows,
    CAST(coalesce(any_value(gone.rows), 0) AS BIGINT) AS quarantined
FROM counted
LEFT JOIN (SELECT rule, sum(rows) AS rows FROM left_out GROUP BY rule) AS gone USING (rule)
WHERE counted.rule IS NOT NULL
GROUP BY counted.rule
HAVING sum(counted.rows) > 0
ORDER BY counted.rule
