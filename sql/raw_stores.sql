-- One row per store code of the raw file, with the site's store it names, if any.
SELECT
    scan.store_code,
    scan.rows,
    store.facility_id
FROM raw_scan AS scan
LEFT JOIN stores AS store ON store.external_facility_id = scan.store_code
ORDER BY scan.store_code
