-- One row per sales order line and shipment that left a facility and that Retail Pro had not surely absorbed long before the snapshot, or whose order is still partial.
SELECT
    shipped.ORDER_ID              AS order_id,
    shipped.ORDER_ITEM_SEQ_ID     AS order_item_seq_id,
    shipped.SHIPMENT_ID           AS shipment_id,
    shipped.SHIPMENT_ITEM_SEQ_ID  AS shipment_item_seq_id,
    shipment.ORIGIN_FACILITY_ID   AS facility_id,
    ship_group.FACILITY_ID        AS ship_group_facility_id,
    item.PRODUCT_ID               AS product_id,
    CASE WHEN item.PRODUCT_ID = ordered.PRODUCT_ID THEN shipped.QUANTITY ELSE item.QUANTITY END AS quantity,
    (
        SELECT MIN(status.STATUS_DATE)
        FROM SHIPMENT_STATUS AS status
        WHERE status.SHIPMENT_ID = shipment.SHIPMENT_ID
          AND status.STATUS_ID = 'SHIPMENT_SHIPPED'
    ) AS shipped_at,
    (
        SELECT MIN(history.CREATED_DATE)
        FROM ORDER_FULFILLMENT_HISTORY AS history
        WHERE history.ORDER_ID = shipped.ORDER_ID
          AND history.EXTERNAL_CONFIG_ID = :external_config
          AND (history.ORDER_ITEM_SEQ_ID IS NULL OR history.ORDER_ITEM_SEQ_ID IN ('', shipped.ORDER_ITEM_SEQ_ID))
          AND (history.SHIPMENT_ID IS NULL OR history.SHIPMENT_ID IN ('', shipped.SHIPMENT_ID))
    ) AS acknowledged_by_order_at,
    (
        SELECT MIN(history.CREATED_DATE)
        FROM ORDER_FULFILLMENT_HISTORY AS history
        WHERE history.SHIPMENT_ID = shipped.SHIPMENT_ID
          AND history.EXTERNAL_CONFIG_ID = :external_config
          AND (history.ORDER_ID IS NULL OR history.ORDER_ID = '')
          AND (history.ORDER_ITEM_SEQ_ID IS NULL OR history.ORDER_ITEM_SEQ_ID = '')
    ) AS acknowledged_by_shipment_at,
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
WHERE header.ORDER_TYPE_ID = 'SALES_ORDER'
  AND shipment.SHIPMENT_TYPE_ID = 'SALES_SHIPMENT'
  AND shipment.STATUS_ID = 'SHIPMENT_SHIPPED'
  AND COALESCE(ship_group.SHIPMENT_METHOD_TYPE_ID, '') <> 'POS_COMPLETED'
  AND (
      (ordered.STATUS_ID = 'ITEM_COMPLETED' AND header.STATUS_ID NOT IN ('ORDER_COMPLETED', 'ORDER_CANCELLED'))
      OR NOT EXISTS (
          SELECT 1
          FROM ORDER_FULFILLMENT_HISTORY AS history
          WHERE history.ORDER_ID = shipped.ORDER_ID
            AND history.EXTERNAL_CONFIG_ID = :external_config
            AND (history.ORDER_ITEM_SEQ_ID IS NULL OR history.ORDER_ITEM_SEQ_ID IN ('', shipped.ORDER_ITEM_SEQ_ID))
            AND (history.SHIPMENT_ID IS NULL OR history.SHIPMENT_ID IN ('', shipped.SHIPMENT_ID))
            AND history.CREATED_DATE < :surely_absorbed
      )
  )
ORDER BY order_id, order_item_seq_id, shipment_id, shipment_item_seq_id
