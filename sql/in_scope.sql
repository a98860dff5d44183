-- One row per record of an active product at one of the site's stores, with its quantity if that is a whole number, and how many quantities its key has.
WITH record AS (
    SELECT
        store_code,
        unnest(sold_online, recursive := true)
    FROM raw_scan
),
counted AS (
    SELECT
        store.facility_id,
        store.external_facility_id,
        record.product_id,
        record.upca,
        record.upc,
        record.store_code,
        record.quantity AS written,
        CASE
            WHEN regexp_full_match(record.quantity, '-?[0-9]{1,7}(\.0+)?')
            THEN CAST(split_part(record.quantity, '.', 1) AS BIGINT)
        END AS quantity
    FROM record
    JOIN stores AS store ON store.external_facility_id = record.store_code
)
SELECT
    facility_id,
    external_facility_id,
    product_id,
    upca,
    upc,
    store_code,
    written,
    quantity,
    count(DISTINCT coalesce(CAST(quantity AS VARCHAR), 'not a whole number: ' || coalesce(written, '')))
        OVER (PARTITION BY facility_id, product_id) AS quantities
FROM counted
