-- One row per key that somebody may mean by a product sold online.
SELECT DISTINCT key_meant_by(match_key) AS key
FROM active_products
