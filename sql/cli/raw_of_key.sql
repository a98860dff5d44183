-- One row: whether the raw file has a UPC, leading zeros aside, and a store code at all, and each quantity it has for both.
WITH compared AS (
    SELECT
        quantity,
        ltrim(trim(upc), '0') = ltrim(trim($upc), '0')   AS is_upc,
        lower(trim(store_code)) = lower(trim($store))     AS is_store
    FROM raw_records
)
SELECT
    coalesce(bool_or(is_upc), false)   AS has_upc,
    coalesce(bool_or(is_store), false) AS has_store,
    coalesce(list(coalesce(quantity, '') ORDER BY quantity) FILTER (WHERE is_upc AND is_store), []) AS quantities
FROM compared
