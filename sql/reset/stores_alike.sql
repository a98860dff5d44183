-- One row per store code of Retail Pro that several of the site's stores have, case and blanks around it aside: how they spell it.
SELECT string_agg(DISTINCT of_hotwax(external_id), ' and ' ORDER BY of_hotwax(external_id)) AS store_code
FROM open_stores
WHERE store_key(external_id) <> ''
GROUP BY store_key(external_id)
HAVING count(*) > 1
ORDER BY store_code
