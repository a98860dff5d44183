-- The sales orders of which a store of the site, or nobody knows which, shipped something since a moment that Retail Pro had not surely absorbed long before the snapshot.
SELECT DISTINCT shipped.ORDER_ID AS order_id
FROM SHIPMENT_STATUS AS status
JOIN SHIPMENT AS shipment ON shipment.SHIPMENT_ID = status.SHIPMENT_ID
JOIN ORDER_SHIPMENT AS shipped ON shipped.SHIPMENT_ID = shipment.SHIPMENT_ID
LEFT JOIN ORDER_ITEM_SHIP_GROUP AS ship_group
  ON ship_group.ORDER_ID = shipped.ORDER_ID
 AND ship_group.SHIP_GROUP_SEQ_ID = shipped.SHIP_GROUP_SEQ_ID
LEFT JOIN (
    SELECT DISTINCT FACILITY_ID
    FROM PRODUCT_STORE_FACILITY
    WHERE PRODUCT_STORE_ID IN :product_stores
) AS store ON store.FACILITY_ID = COALESCE(NULLIF(TRIM(shipment.ORIGIN_FACILITY_ID), ''), ship_group.FACILITY_ID)
LEFT JOIN ORDER_FULFILLMENT_HISTORY AS history
  ON history.ORDER_ID = shipped.ORDER_ID
 AND history.EXTERNAL_CONFIG_ID = :external_config
 AND (history.ORDER_ITEM_SEQ_ID IS NULL OR history.ORDER_ITEM_SEQ_ID IN ('', shipped.ORDER_ITEM_SEQ_ID))
 AND (
     history.SHIPMENT_ID = shipped.SHIPMENT_ID
     OR (COALESCE(history.SHIPMENT_ID, '') = '' AND (status.STATUS_DATE IS NULL OR history.CREATED_DATE >= status.STATUS_DATE))
 )
 AND history.CREATED_DATE > '1000-01-01'
 AND history.CREATED_DATE < :surely_absorbed
WHERE status.STATUS_ID = 'SHIPMENT_SHIPPED'
  AND (status.STATUS_DATE >= :since OR status.STATUS_DATE IS NULL OR status.STATUS_DATE < '1000-01-01')
  AND (
      store.FACILITY_ID IS NOT NULL
      OR COALESCE(NULLIF(TRIM(shipment.ORIGIN_FACILITY_ID), ''), ship_group.FACILITY_ID, '') IN ('', '_NA_')
  )
  AND COALESCE(NULLIF(shipment.SHIPMENT_TYPE_ID, ''), 'SALES_SHIPMENT') = 'SALES_SHIPMENT'
  AND COALESCE(shipment.STATUS_ID, '') <> 'SHIPMENT_CANCELLED'
  AND history.FULFILLMENT_LOG_ID IS NULL
ORDER BY order_id
