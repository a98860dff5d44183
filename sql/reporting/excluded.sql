-- One row per rule by which rows were excluded from the reset, the most frequent first, with one example as written.
SELECT 'quarantined' AS what, rule, count(*) AS rows, 'line ' || min(line) || ': ' || left(arg_min(raw, line), 120) AS example
FROM quarantined_rows
GROUP BY rule
UNION ALL
SELECT 'not sent', reason, count(*), min(facility_id || ' · ' || upca)
FROM unmatched_keys
GROUP BY reason
UNION ALL
SELECT 'not sent', 'one UPCA, several products', count(*), min(upca)
FROM ambiguous_products
HAVING count(*) > 0
UNION ALL
SELECT 'failed in HotWax', error, count(*), min(facility_id || ' · ' || upca)
FROM applied_reset
WHERE NOT applied
GROUP BY error
ORDER BY rows DESC, rule
