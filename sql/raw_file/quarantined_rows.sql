-- One row per line that was left out, the first of them: where it is, the rule it breaks, and what stands there.
SELECT
    $snapshot_id                          AS snapshot_id,
    located.line,
    located.byte_offset,
    coalesce(located.rule, broken.rule)   AS rule,
    broken.upc,
    broken.store_code,
    broken.quantity,
    located.raw
FROM located_lines AS located
LEFT JOIN broken_records AS broken USING (record)
ORDER BY located.line
