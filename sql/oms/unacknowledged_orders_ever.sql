-- The sales orders with a shipment from one of these facilities, or nobody knows from which, that is not cancelled, of any age, that Retail Pro had not surely absorbed long before the snapshot; `shipped_lines` says which of them left.
SELECT DISTINCT shipped.ORDER_ID AS order_id
FROM (
    SELECT
        unnamed.SHIPMENT_ID,
        unnamed.SHIPMENT_TYPE_ID,
        unnamed.STATUS_ID,
        NULL AS FACILITY_ID
    FROM SHIPMENT AS unnamed
    WHERE unnamed.ORIGIN_FACILITY_ID IS NULL
       OR unnamed.ORIGIN_FACILITY_ID IN ('', ' ')
    UNION ALL
    SELECT
        named.SHIPMENT_ID,
        named.SHIPMENT_TYPE_ID,
        named.STATUS_ID,
        named.ORIGIN_FACILITY_ID
    FROM SHIPMENT AS named
    WHERE named.ORIGIN_FACILITY_ID IN :facilities
) AS shipment
JOIN ORDER_SHIPMENT AS shipped ON shipped.SHIPMENT_ID = shipment.SHIPMENT_ID
LEFT JOIN ORDER_ITEM_SHIP_GROUP AS ship_group
  ON ship_group.ORDER_ID = shipped.ORDER_ID
 AND ship_group.SHIP_GROUP_SEQ_ID = shipped.SHIP_GROUP_SEQ_ID
LEFT JOIN SHIPMENT_STATUS AS status
  ON status.SHIPMENT_ID = shipment.SHIPMENT_ID
 AND status.STATUS_ID = 'SHIPMENT_SHIPPED'
LEFT JOIN ORDER_FULFILLMENT_HISTORY AS history
  ON history.ORDER_ID = shipped.ORDER_ID
 AND history.EXTERNAL_CONFIG_ID = :external_config
 AND (history.ORDER_ITEM_SEQ_ID IS NULL OR history.ORDER_ITEM_SEQ_ID IN ('', shipped.ORDER_ITEM_SEQ_ID))
 AND (
     history.SHIPMENT_ID = shipped.SHIPMENT_ID
     OR (
         COALESCE(history.SHIPMENT_ID, '') = ''
         AND (status.STATUS_DATE IS NULL OR history.CREATED_DATE >= status.STATUS_DATE)
     )
 )
 AND history.CREATED_DATE > '1000-01-01'
 AND history.CREATED_DATE < :surely_absorbed
WHERE (
      shipment.FACILITY_ID IS NOT NULL
      OR ship_group.FACILITY_ID IN :facilities
      OR COALESCE(ship_group.FACILITY_ID, '') IN ('', '_NA_')
  )
  AND COALESCE(NULLIF(shipment.SHIPMENT_TYPE_ID, ''), 'SALES_SHIPMENT') = 'SALES_SHIPMENT'
  AND COALESCE(shipment.STATUS_ID, '') <> 'SHIPMENT_CANCELLED'
  AND history.FULFILLMENT_LOG_ID IS NULL
ORDER BY order_id
