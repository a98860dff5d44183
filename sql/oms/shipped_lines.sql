-- One row per order line and item of the shipments of these sales orders that left a facility: what, whence, when, and since when Retail Pro knows by the fulfilment history. Ids are spelled as the table of their own spells them.
SELECT
    header.ORDER_ID                                                  AS order_id,
    COALESCE(ordered.ORDER_ITEM_SEQ_ID, shipped.ORDER_ITEM_SEQ_ID)   AS order_item_seq_id,
    shipped.SHIP_GROUP_SEQ_ID                                        AS ship_group_seq_id,
    shipment.SHIPMENT_ID                                             AS shipment_id,
    COALESCE(item.SHIPMENT_ITEM_SEQ_ID, shipped.SHIPMENT_ITEM_SEQ_ID) AS shipment_item_seq_id,
    COALESCE(facility.FACILITY_ID, NULLIF(TRIM(shipment.ORIGIN_FACILITY_ID), ''), NULLIF(ship_group.FACILITY_ID, '')) AS facility_id,
    COALESCE(planned.FACILITY_ID, ship_group.FACILITY_ID)            AS ship_group_facility_id,
    COALESCE(product.PRODUCT_ID, NULLIF(item.PRODUCT_ID, ''))        AS product_id,
    CASE WHEN item.PRODUCT_ID = ordered.PRODUCT_ID THEN 1 ELSE 0 END AS is_the_product_ordered,
    shipped.QUANTITY                                                 AS line_quantity,
    ordered.QUANTITY                                                 AS ordered_quantity,
    item.QUANTITY                                                    AS item_quantity,
    shipment.STATUS_ID                                               AS shipment_status,
    departure.SHIPPED_AT                                             AS shipped_at,
    MIN(CASE
        WHEN by_order.CREATED_DATE < '1000-01-01' THEN NULL
        WHEN COALESCE(by_order.SHIPMENT_ID, '') <> '' OR departure.SHIPPED_AT IS NULL THEN by_order.CREATED_DATE
        WHEN by_order.CREATED_DATE >= departure.SHIPPED_AT THEN by_order.CREATED_DATE
    END)                                                             AS acknowledged_by_order_at,
    MIN(CASE WHEN by_shipment.CREATED_DATE > '1000-01-01' THEN by_shipment.CREATED_DATE END) AS acknowledged_by_shipment_at,
    CASE
        WHEN ordered.STATUS_ID = 'ITEM_COMPLETED' AND header.STATUS_ID NOT IN ('ORDER_COMPLETED', 'ORDER_CANCELLED') THEN 1
        ELSE 0
    END                                                              AS order_still_partial
FROM (
    SELECT
        asked.SHIPMENT_ID,
        COUNT(status.SHIPMENT_STATUS_ID)                                                 AS TIMES_SHIPPED,
        MIN(CASE WHEN status.STATUS_DATE > '1000-01-01' THEN status.STATUS_DATE END)     AS SHIPPED_AT
    FROM ORDER_SHIPMENT AS asked
    LEFT JOIN SHIPMENT_STATUS AS status
      ON status.SHIPMENT_ID = asked.SHIPMENT_ID
     AND status.STATUS_ID = 'SHIPMENT_SHIPPED'
    WHERE asked.ORDER_ID IN :orders
    GROUP BY asked.SHIPMENT_ID
) AS departure
JOIN SHIPMENT AS shipment ON shipment.SHIPMENT_ID = departure.SHIPMENT_ID
JOIN ORDER_SHIPMENT AS shipped ON shipped.SHIPMENT_ID = departure.SHIPMENT_ID
JOIN ORDER_HEADER AS header ON header.ORDER_ID = shipped.ORDER_ID
LEFT JOIN ORDER_ITEM AS ordered
  ON ordered.ORDER_ID = shipped.ORDER_ID
 AND ordered.ORDER_ITEM_SEQ_ID = shipped.ORDER_ITEM_SEQ_ID
LEFT JOIN SHIPMENT_ITEM AS item
  ON item.SHIPMENT_ID = shipped.SHIPMENT_ID
 AND item.SHIPMENT_ITEM_SEQ_ID = shipped.SHIPMENT_ITEM_SEQ_ID
LEFT JOIN PRODUCT AS product ON product.PRODUCT_ID = item.PRODUCT_ID
LEFT JOIN ORDER_ITEM_SHIP_GROUP AS ship_group
  ON ship_group.ORDER_ID = shipped.ORDER_ID
 AND ship_group.SHIP_GROUP_SEQ_ID = shipped.SHIP_GROUP_SEQ_ID
LEFT JOIN FACILITY AS planned ON planned.FACILITY_ID = ship_group.FACILITY_ID
LEFT JOIN FACILITY AS facility
  ON facility.FACILITY_ID = COALESCE(NULLIF(TRIM(shipment.ORIGIN_FACILITY_ID), ''), ship_group.FACILITY_ID)
LEFT JOIN ORDER_FULFILLMENT_HISTORY AS by_order
  ON by_order.ORDER_ID = shipped.ORDER_ID
 AND by_order.EXTERNAL_CONFIG_ID = :external_config
 AND (by_order.ORDER_ITEM_SEQ_ID IS NULL OR by_order.ORDER_ITEM_SEQ_ID IN ('', shipped.ORDER_ITEM_SEQ_ID))
 AND (by_order.SHIPMENT_ID IS NULL OR by_order.SHIPMENT_ID IN ('', shipped.SHIPMENT_ID))
LEFT JOIN ORDER_FULFILLMENT_HISTORY AS by_shipment
  ON by_shipment.SHIPMENT_ID = shipped.SHIPMENT_ID
 AND by_shipment.EXTERNAL_CONFIG_ID = :external_config
 AND (by_shipment.ORDER_ID IS NULL OR by_shipment.ORDER_ID = '')
 AND (by_shipment.ORDER_ITEM_SEQ_ID IS NULL OR by_shipment.ORDER_ITEM_SEQ_ID IN ('', shipped.ORDER_ITEM_SEQ_ID))
WHERE COALESCE(NULLIF(header.ORDER_TYPE_ID, ''), 'SALES_ORDER') = 'SALES_ORDER'
  AND COALESCE(NULLIF(shipment.SHIPMENT_TYPE_ID, ''), 'SALES_SHIPMENT') = 'SALES_SHIPMENT'
  AND COALESCE(shipment.STATUS_ID, '') <> 'SHIPMENT_CANCELLED'
  AND (departure.TIMES_SHIPPED > 0 OR shipment.STATUS_ID IN ('SHIPMENT_SHIPPED', 'SHIPMENT_DELIVERED'))
  AND COALESCE(ship_group.SHIPMENT_METHOD_TYPE_ID, '') <> 'POS_COMPLETED'
GROUP BY
    header.ORDER_ID,
    ordered.ORDER_ITEM_SEQ_ID,
    shipped.ORDER_ITEM_SEQ_ID,
    shipped.SHIP_GROUP_SEQ_ID,
    shipment.SHIPMENT_ID,
    item.SHIPMENT_ITEM_SEQ_ID,
    shipped.SHIPMENT_ITEM_SEQ_ID,
    facility.FACILITY_ID,
    shipment.ORIGIN_FACILITY_ID,
    ship_group.FACILITY_ID,
    planned.FACILITY_ID,
    product.PRODUCT_ID,
    item.PRODUCT_ID,
    ordered.PRODUCT_ID,
    shipped.QUANTITY,
    ordered.QUANTITY,
    item.QUANTITY,
    shipment.STATUS_ID,
    departure.SHIPPED_AT,
    ordered.STATUS_ID,
    header.STATUS_ID
ORDER BY order_id, order_item_seq_id, ship_group_seq_id, shipment_id, shipment_item_seq_id
