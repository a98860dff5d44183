-- One row per record that can be read, of an active product at one of the site's stores, with its quantity and the rule it breaks, if any; a rule of the key is broken by all its rows.
WITH record AS (
    SELECT
        store_code,
        quantity AS written,
        unnest(sold_online, recursive := true)
    FROM raw_scan
    WHERE unreadable_by(upc_rule, store_code) IS NULL
),
matched AS (
    SELECT
        record.store_code,
        record.written,
        record.upc,
        product.product_id,
        product.upca,
        key_of(record.upc) = product.match_key AS exact
    FROM record
    JOIN active_products AS product ON key_meant_by(product.match_key) = record.key
    QUALIFY exact OR (key_meant_by(record.upc) <> key_of(record.upc) AND NOT bool_or(exact) OVER (PARTITION BY record.upc))
),
judged AS (
    SELECT
        store.facility_id,
        store.external_facility_id,
        matched.product_id,
        matched.upca,
        matched.upc,
        matched.store_code,
        matched.written,
        is_respelled(matched.upc) OR is_respelled(matched.store_code) AS respelled,
        CASE
            WHEN NOT matched.exact THEN upc_rule(matched.upc)
            ELSE quantity_rule(matched.written, $absurd)
        END AS own_rule,
        CASE
            WHEN quantity_rule(matched.written, $absurd) IS NULL
            THEN CAST(split_part(matched.written, '.', 1) AS BIGINT)
        END AS quantity
    FROM matched
    JOIN stores AS store ON store_key(store.external_facility_id) = lower(normalised(matched.store_code))
),
compared AS (
    SELECT
        *,
        count(DISTINCT coalesce(CAST(quantity AS VARCHAR), 'not a quantity: ' || coalesce(written, ''))) OVER key
            AS quantities,
        count(DISTINCT CASE WHEN respelled THEN upc || ' at ' || store_code ELSE '' END) OVER key AS spellings
    FROM judged
    WINDOW key AS (PARTITION BY facility_id, product_id)
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
    respelled,
    coalesce(
        own_rule,
        CASE
            WHEN quantities > 1 THEN 'one key, different quantities'
            WHEN spellings > 1 THEN 'one key, different spellings'
        END
    ) AS rule
FROM compared
