-- One row per active product and store that the snapshot has, by its one undisputed quantity; what is missing or disputed is not here.
SELECT DISTINCT
    facility_id,
    external_facility_id,
    product_id,
    upca,
    quantity                                                 AS raw_quantity,
    CASE WHEN $floor THEN greatest(quantity, 0) ELSE quantity END AS quantity,
    0                                                        AS netted,
    $snapshot_id                                             AS snapshot_id
FROM in_scope
WHERE rule IS NULL
ORDER BY facility_id, upca
