-- One row per product that HotWax knows by this SKU, or by one of these spellings of an identification, sold online or not.
SELECT
    product.PRODUCT_ID            AS product_id,
    product.INTERNAL_NAME         AS internal_name,
    MAX(identification.ID_VALUE)  AS upca
FROM PRODUCT AS product
LEFT JOIN GOOD_IDENTIFICATION AS identification
  ON identification.PRODUCT_ID = product.PRODUCT_ID
 AND identification.GOOD_IDENTIFICATION_TYPE_ID = :id_type
WHERE LOWER(product.INTERNAL_NAME) = :meant
   OR product.PRODUCT_ID IN (SELECT named.PRODUCT_ID FROM GOOD_IDENTIFICATION AS named WHERE named.ID_VALUE IN :spellings)
GROUP BY product.PRODUCT_ID, product.INTERNAL_NAME
ORDER BY product_id
