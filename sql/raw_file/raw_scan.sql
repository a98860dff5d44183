-- One row per store code, quantity and oddity of the UPC, as written: how many records, and those whose UPC is, or may be meant as, one sold online.
SELECT
    raw.store_code,
    raw.quantity,
    CASE
        WHEN raw.digits THEN NULL
        ELSE coalesce(
            no_data(raw.upc, raw.store_code, raw.quantity, $upc_name, $store_name, $names),
            upc_rule(raw.upc)
        )
    END      AS upc_rule,
    count(*) AS rows,
    list({'upc': raw.upc, 'key': wanted.key}) FILTER (WHERE wanted.key IS NOT NULL) AS sold_online
FROM (
    SELECT
        upc,
        store_code,
        quantity,
        is_digits(upc) AS digits
    FROM raw_records
) AS raw
LEFT JOIN wanted ON wanted.key = CASE WHEN raw.digits THEN without_zeros(raw.upc) ELSE key_meant_by(raw.upc) END
GROUP BY ALL
