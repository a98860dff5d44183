-- One row per store of the site and code that it has, or had on an earlier night, with the last date on which it did.
SELECT
    store.facility_id,
    store_key(code.external_facility_id) AS store_code,
    max(code.business_date)                      AS last_on
FROM stores AS store
JOIN (
    SELECT facility_id, external_facility_id, business_date FROM earlier_nights_stores
    UNION ALL
    SELECT facility_id, external_facility_id, CAST($on AS DATE) FROM stores
) AS code ON code.facility_id = store.facility_id
WHERE store_key(code.external_facility_id) <> ''
GROUP BY ALL
