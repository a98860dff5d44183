-- One row per store code of Retail Pro that several of the site's stores have, blanks around it aside.
SELECT normalised(external_id) AS store_code
FROM open_stores
WHERE normalised(external_id) <> ''
GROUP BY ALL
HAVING count(*) > 1
ORDER BY store_code
