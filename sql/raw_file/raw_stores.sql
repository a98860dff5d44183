-- One row per store code of the raw file, with the site's store it names, if any, and whether an earlier night's file had it.
SELECT
    scan.store_code,
    CAST(sum(scan.rows) AS BIGINT)                                                    AS rows,
    any_value(store.facility_id)                                                      AS facility_id,
    bool_or(store.facility_id IS NOT NULL AND of_hotwax(store.external_facility_id) <> scan.store_code) AS in_other_letters,
    scan.store_code <> '' AND any_value(known.store_code) IS NULL                     AS is_new
FROM (
    SELECT
        normalised(store_code) AS store_code,
        rows
    FROM raw_scan
    WHERE NOT is_no_data(upc_rule)
) AS scan
LEFT JOIN stores AS store ON store_key(store.external_facility_id) = lower(scan.store_code) AND scan.store_code <> ''
LEFT JOIN (SELECT DISTINCT store_code FROM earlier_nights_raw_stores) AS known ON known.store_code = scan.store_code
GROUP BY scan.store_code
ORDER BY scan.store_code
