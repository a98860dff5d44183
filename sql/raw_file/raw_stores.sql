-- One row per store code of the raw file, with the site's store it names, if any.
SELECT
    scan.store_code,
    CAST(sum(scan.rows) AS BIGINT) AS rows,
    any_value(store.facility_id)   AS facility_id
FROM (
    SELECT
        normalised(store_code) AS store_code,
        rows
    FROM raw_scan
) AS scan
LEFT JOIN stores AS store ON normalised(store.external_facility_id) = scan.store_code AND scan.store_code <> ''
GROUP BY scan.store_code
ORDER BY scan.store_code
