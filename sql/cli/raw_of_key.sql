-- Every quantity the raw file has for one UPC, leading zeros aside, at one store.
SELECT quantity
FROM raw_records
WHERE ltrim(trim(upc), '0') = ltrim(trim($upc), '0')
  AND lower(trim(store_code)) = lower(trim($store))
ORDER BY quantity
