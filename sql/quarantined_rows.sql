-- One row per record in scope that breaks a rule: a quantity that is no whole number, or a key with several quantities.
SELECT
    $snapshot_id AS snapshot_id,
    CASE WHEN quantity IS NULL THEN 'quantity is not a whole number' ELSE 'one key, different quantities' END AS rule,
    upc,
    store_code,
    written AS quantity
FROM in_scope
WHERE quantity IS NULL
   OR quantities > 1
ORDER BY store_code, upc, written
