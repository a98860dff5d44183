-- One row per record that can't be read or was left out, the first $most of them, with its number among the records in the order of the file.
SELECT
    raw.record,
    raw.upc,
    raw.store_code,
    raw.quantity,
    coalesce(unreadable_rule(raw.upc, raw.store_code), broken.rule) AS rule
FROM (
    SELECT
        row_number() OVER () AS record,
        upc,
        store_code,
        quantity
    FROM raw_records
) AS raw
LEFT JOIN (
    SELECT upc, store_code, written, min(rule) AS rule
    FROM in_scope
    WHERE rule IS NOT NULL
    GROUP BY upc, store_code, written
) AS broken
  ON broken.upc = raw.upc
 AND broken.store_code = raw.store_code
 AND broken.written IS NOT DISTINCT FROM raw.quantity
WHERE broken.rule IS NOT NULL
   OR (
       unreadable_rule(raw.upc, raw.store_code) IS NOT NULL
       AND NOT is_empty_record(raw.upc, raw.store_code, raw.quantity)
   )
ORDER BY raw.record
LIMIT $most
