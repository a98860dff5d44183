-- One row per product whose UPCA, leading zeros aside, no other product sold online shares.
SELECT
    product_id,
    internal_name,
    upca,
    ltrim(of_hotwax(upca), '0') AS match_key
FROM sold_online
WHERE ltrim(of_hotwax(upca), '0') <> ''
QUALIFY count(*) OVER (PARTITION BY ltrim(of_hotwax(upca), '0')) = 1
ORDER BY product_id
