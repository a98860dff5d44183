-- The sales orders that are neither complete nor cancelled and have a shipment that is not cancelled, whatever their age; `shipped_lines` says what of them left.
SELECT DISTINCT header.ORDER_ID AS order_id
FROM ORDER_HEADER AS header
JOIN ORDER_SHIPMENT AS shipped ON shipped.ORDER_ID = header.ORDER_ID
JOIN SHIPMENT AS shipment ON shipment.SHIPMENT_ID = shipped.SHIPMENT_ID
WHERE COALESCE(NULLIF(header.ORDER_TYPE_ID, ''), 'SALES_ORDER') = 'SALES_ORDER'
  AND header.STATUS_ID NOT IN ('ORDER_COMPLETED', 'ORDER_CANCELLED')
  AND COALESCE(shipment.STATUS_ID, '') <> 'SHIPMENT_CANCELLED'
ORDER BY order_id
