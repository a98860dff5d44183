-- One row per product that HotWax sells online: on an enabled shop, physical, no parent, no kit, not discontinued, with its latest live UPCA.
SELECT DISTINCT
    product.PRODUCT_ID      AS product_id,
    product.INTERNAL_NAME   AS internal_name,
    identification.ID_VALUE AS upca
FROM SHOPIFY_SHOP AS shop
JOIN SHOPIFY_SHOP_PRODUCT AS listed ON listed.SHOP_ID = shop.SHOP_ID
JOIN PRODUCT AS product ON product.PRODUCT_ID = listed.PRODUCT_ID
LEFT JOIN PRODUCT_TYPE AS type ON type.PRODUCT_TYPE_ID = product.PRODUCT_TYPE_ID
JOIN GOOD_IDENTIFICATION AS identification
  ON identification.PRODUCT_ID = product.PRODUCT_ID
 AND identification.GOOD_IDENTIFICATION_TYPE_ID = :id_type
WHERE shop.PRODUCT_STORE_ID IN :product_stores
  AND shop.IS_ENABLED = 'Y'
  AND COALESCE(type.IS_PHYSICAL, CASE WHEN type.IS_DIGITAL = 'Y' THEN 'N' ELSE 'Y' END) = 'Y'
  AND COALESCE(product.IS_VIRTUAL, 'N') = 'N'
  AND COALESCE(product.PRODUCT_TYPE_ID, '') <> 'MARKETING_PKG_PICK'
  AND (product.SALES_DISCONTINUATION_DATE IS NULL OR product.SALES_DISCONTINUATION_DATE < '1000-01-01' OR product.SALES_DISCONTINUATION_DATE > :as_of)
  AND TRIM(COALESCE(identification.ID_VALUE, '')) <> ''
  AND (identification.FROM_DATE IS NULL OR identification.FROM_DATE <= :as_of)
  AND (identification.THRU_DATE IS NULL OR identification.THRU_DATE < '1000-01-01' OR identification.THRU_DATE > :as_of)
  AND NOT EXISTS (
      SELECT 1
      FROM GOOD_IDENTIFICATION AS later
      WHERE later.PRODUCT_ID = identification.PRODUCT_ID
        AND later.GOOD_IDENTIFICATION_TYPE_ID = identification.GOOD_IDENTIFICATION_TYPE_ID
        AND TRIM(COALESCE(later.ID_VALUE, '')) <> ''
        AND later.FROM_DATE > identification.FROM_DATE
        AND later.FROM_DATE <= :as_of
        AND (later.THRU_DATE IS NULL OR later.THRU_DATE < '1000-01-01' OR later.THRU_DATE > :as_of)
  )
ORDER BY product_id
