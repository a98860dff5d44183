-- One row per product sold online whose UPCA, leading zeros aside, another one shares or that is nothing but zeros: none of them is sent.
SELECT
    product_id,
    internal_name,
    upca,
    ltrim(of_hotwax(upca), '0') AS match_key
FROM sold_online
QUALIFY count(*) OVER (PARTITION BY ltrim(of_hotwax(upca), '0')) > 1
     OR ltrim(of_hotwax(upca), '0') = ''
ORDER BY match_key, product_id
