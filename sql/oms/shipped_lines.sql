-- One row per line and shipment of these sales orders that left a facility: what, when, and since when Retail Pro knows by the fulfilment history.
SELECT
    shipped.ORDER_ID              AS order_id,
    shipped.ORDER_ITEM_SEQ_ID     AS order_item_seq_id,
    shipped.SHIPMENT_ID           AS shipment_id,
    shipped.SHIPMENT_ITEM_SEQ_ID  AS shipment_item_seq_id,
    shipment.ORIGIN_FACILITY_ID   AS facility_id,
    ship_group.FACILITY_ID        AS ship_group_facility_id,
    item.PRODUCT_ID               AS product_id,
    CASE WHEN item.PRODUCT_ID = ordered.PRODUCT_ID THEN shipped.QUANTITY ELSE item.QUANTITY END AS quantity,
    MIN(status.STATUS_DATE)       AS shipped_at,
    MIN(by_order.CREATED_DATE)    AS acknowledged_by_order_at,
    MIN(by_shipment.CREATED_DATE) AS acknowledged_by_shipment_at,
    CASE
        WHEN ordered.STATUS_ID = 'ITEM_COMPLETED' AND header.STATUS_ID NOT IN ('ORDER_COMPLETED', 'ORDER_CANCELLED') THEN 1
        ELSE 0
    END AS order_still_partial
FROM ORDER_SHIPMENT AS shipped
JOIN ORDER_HEADER AS header ON header.ORDER_ID = shipped.ORDER_ID
JOIN ORDER_ITEM AS ordered
  ON ordered.ORDER_ID = shipped.ORDER_ID
 AND ordered.ORDER_ITEM_SEQ_ID = shipped.ORDER_ITEM_SEQ_ID
JOIN SHIPMENT AS shipment ON shipment.SHIPMENT_ID = shipped.SHIPMENT_ID
JOIN SHIPMENT_ITEM AS item
  ON item.SHIPMENT_ID = shipped.SHIPMENT_ID
 AND item.SHIPMENT_ITEM_SEQ_ID = shipped.SHIPMENT_ITEM_SEQ_ID
LEFT JOIN ORDER_ITEM_SHIP_GROUP AS ship_group
  ON ship_group.ORDER_ID = shipped.ORDER_ID
 AND ship_group.SHIP_GROUP_SEQ_ID = shipped.SHIP_GROUP_SEQ_ID
LEFT JOIN SHIPMENT_STATUS AS status
  ON status.SHIPMENT_ID = shipped.SHIPMENT_ID
 AND status.STATUS_ID = 'SHIPMENT_SHIPPED'
LEFT JOIN ORDER_FULFILLMENT_HISTORY AS by_order
  ON by_order.ORDER_ID = shipped.ORDER_ID
 AND by_order.EXTERNAL_CONFIG_ID = :external_config
 AND (by_order.ORDER_ITEM_SEQ_ID IS NULL OR by_order.ORDER_ITEM_SEQ_ID IN ('', shipped.ORDER_ITEM_SEQ_ID))
 AND (by_order.SHIPMENT_ID IS NULL OR by_order.SHIPMENT_ID IN ('', shipped.SHIPMENT_ID))
LEFT JOIN ORDER_FULFILLMENT_HISTORY AS by_shipment
  ON by_shipment.SHIPMENT_ID = shipped.SHIPMENT_ID
 AND by_shipment.EXTERNAL_CONFIG_ID = :external_config
 AND (by_shipment.ORDER_ID IS NULL OR by_shipment.ORDER_ID = '')
 AND (by_shipment.ORDER_ITEM_SEQ_ID IS NULL OR by_shipment.ORDER_ITEM_SEQ_ID = '')
WHERE shipped.ORDER_ID IN :orders
  AND header.ORDER_TYPE_ID = 'SALES_ORDER'
  AND shipment.SHIPMENT_TYPE_ID = 'SALES_SHIPMENT'
  AND shipment.STATUS_ID = 'SHIPMENT_SHIPPED'
  AND COALESCE(ship_group.SHIPMENT_METHOD_TYPE_ID, '') <> 'POS_COMPLETED'
GROUP BY
    shipped.ORDER_ID,
    shipped.ORDER_ITEM_SEQ_ID,
    shipped.SHIP_GROUP_SEQ_ID,
    shipped.SHIPMENT_ID,
    shipped.SHIPMENT_ITEM_SEQ_ID,
    shipment.ORIGIN_FACILITY_ID,
    ship_group.FACILITY_ID,
    item.PRODUCT_ID,
    ordered.PRODUCT_ID,
    shipped.QUANTITY,
    item.QUANTITY,
    ordered.STATUS_ID,
    header.STATUS_ID
ORDER BY order_id, order_item_seq_id, shipment_id, shipment_item_seq_id
