-- Every product that Retail Pro ever created × store, a fixed function of $products, $stores, $day and $known: the
-- products of $known stand evenly among the rest, with their own barcodes and quantities; nothing in it is invalid.
WITH
known AS (
    SELECT unnest($known::STRUCT(
        place BIGINT, upc VARCHAR, description VARCHAR, attribute VARCHAR, item_size VARCHAR, quantities INTEGER[]
    )[], recursive := true)
),
-- 8… and 08… are barcodes of this filling alone; Retail Pro keeps numbers, so half of the 08… have lost their zero.
filling AS (
    SELECT
        item,
        CASE WHEN item % 8 = 0 THEN '08' || lpad(item::VARCHAR, 9, '0')
             ELSE '8' || lpad(item::VARCHAR, 10, '0') END                                        AS eleven,
        list_sum([eleven[place]::INTEGER * CASE WHEN place % 2 = 1 THEN 3 ELSE 1 END
                  FOR place IN range(1, 12)])::BIGINT                                            AS weight,
        (item * 2654435761 % 4294967296) // 65536                                                AS draw
    FROM range($products) AS numbers(item)
),
products AS (
    SELECT
        filling.item,
        530000000000000000 + filling.item * 1000003                                              AS item_sid,
        coalesce(known.upc,
                 CASE WHEN filling.item % 16 = 0 THEN eleven[2:] ELSE eleven END || (-weight % 10 + 10) % 10) AS upc,
        CASE WHEN draw % 3 > 0 THEN printf('%05d', filling.item * 37 % 100000) END                 AS alu,
        coalesce(known.description, [
            'TEE RED', 'POLO BLUE', 'JEANS SLIM', 'BELT', 'SOCKS 3P', 'CAP', 'HOODIE', 'SHIRT, LINEN',
            'T-SHIRT, "BIG" RED', 'BOOT', 'SANDALS', 'SCARF', 'JACKET', 'GÜRTEL', 'SHORTS', 'SNEAKER 9"'
        ][draw % 16 + 1])                                                                        AS description1,
        CASE WHEN known.upc IS NULL THEN ['RED', 'BLU', NULL, 'BLK', 'WHT'][draw % 5 + 1]
             ELSE known.attribute END                                                            AS attribute,
        CASE WHEN known.upc IS NULL THEN ['S', 'M', 'L', NULL, 'XL', '42', '9'][draw % 7 + 1]
             ELSE known.item_size END                                                            AS item_size,
        known.quantities
    FROM filling
    LEFT JOIN known ON known.place = filling.item
),
stocked AS (
    SELECT *, unnest(range(len($stores))) AS shop
    FROM products
),
drawn AS (
    SELECT
        *,
        ((item * 20 + shop) * 2654435761 % 4294967296) // 65536                                  AS luck,
        ((item * 20 + shop + $day::BIGINT % 1000 * 7919) * 2246822519 % 4294967296) // 65536 % 12 = 0           AS moved
    FROM stocked
),
counted AS (
    SELECT
        *,
        coalesce(quantities[shop + 1],
                 CASE WHEN luck % 97 = 0 THEN -(luck % 3) - 1
                      WHEN luck % 5 < 2 THEN 0
                      ELSE luck % 30 + moved::INTEGER END)                                       AS quantity
    FROM drawn
)
SELECT
    $subsidiary                                                                                  AS sbs_no,
    $stores[shop + 1]                                                                            AS store_code,
    item_sid,
    upc,
    alu,
    description1,
    attribute,
    item_size,
    quantity || CASE WHEN luck % 41 = 0 THEN '.0' ELSE '' END                                    AS qty
FROM counted
