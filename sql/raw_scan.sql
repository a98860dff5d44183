-- One row per store code of the raw file: how many records it has, and those among them whose UPC is sold online.
SELECT
    trim(raw.store_code) AS store_code,
    count(*)             AS rows,
    list({
        'upc': raw.upc,
        'quantity': raw.quantity,
        'product_id': product.product_id,
        'upca': product.upca
    }) FILTER (WHERE product.product_id IS NOT NULL) AS sold_online
FROM read_csv(
    $path,
    header = true,
    delim = $delimiter,
    quote = '"',
    escape = '"',
    columns = $columns
) AS raw
LEFT JOIN active_products AS product ON product.match_key = ltrim(trim(raw.upc), '0')
GROUP BY trim(raw.store_code)
