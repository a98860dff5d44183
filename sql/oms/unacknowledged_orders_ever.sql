-- The sales orders of which one of these facilities ever shipped something that Retail Pro had not surely absorbed long before the snapshot, with or without a time.
SELECT DISTINCT shipped.ORDER_ID AS order_id
FROM SHIPMENT AS shipment
JOIN ORDER_SHIPMENT AS shipped ON shipped.SHIPMENT_ID = shipment.SHIPMENT_ID
LEFT JOIN ORDER_FULFILLMENT_HISTORY AS history
  ON history.ORDER_ID = shipped.ORDER_ID
 AND history.EXTERNAL_CONFIG_ID = :external_config
 AND (history.ORDER_ITEM_SEQ_ID IS NULL OR history.ORDER_ITEM_SEQ_ID IN ('', shipped.ORDER_ITEM_SEQ_ID))
 AND (history.SHIPMENT_ID IS NULL OR history.SHIPMENT_ID IN ('', shipped.SHIPMENT_ID))
 AND history.CREATED_DATE < :surely_absorbed
WHERE shipment.ORIGIN_FACILITY_ID IN :facilities
  AND shipment.SHIPMENT_TYPE_ID = 'SALES_SHIPMENT'
  AND shipment.STATUS_ID = 'SHIPMENT_SHIPPED'
  AND history.FULFILLMENT_LOG_ID IS NULL
ORDER BY order_id
