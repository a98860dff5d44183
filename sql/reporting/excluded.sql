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
UNION ALL
SELECT CASE WHEN rule = 'store code in other letters' THEN 'read all the same' ELSE 'no data' END, rule, rows, ''
FROM rule_counts
WHERE rule IN (
    'the header again', 'an empty record', 'a footer, no record', 'an end-of-file mark (Ctrl-Z)',
    'store code in other letters'
)
UNION ALL
SELECT 'not this site''s', 'a store code that is new', count(*), min(store_code)
FROM raw_stores
WHERE facility_id IS NULL AND is_new
HAVING count(*) > 0
UNION ALL
SELECT CASE WHEN counted THEN 'deducted all the same' ELSE 'not deducted' END, reason, count(*), min(order_id || ' line ' || order_item_seq_id)
FROM odd_shipments
GROUP BY counted, reason
ORDER BY rows DESC, rule
