-- One row per order line and shipment item of which HotWax's rows tell too little, or something unheard of, and whether it is counted all the same.
WITH judged AS (
    SELECT
        line.order_id,
        line.order_item_seq_id,
        line.shipment_id,
        line.shipment_item_seq_id,
        line.facility_id,
        line.product_id,
        CASE
            WHEN line.product_id IS NULL THEN 'no product'
            WHEN line.quantity IS NULL THEN 'no quantity'
            WHEN line.quantity < 0 THEN 'a quantity below zero'
            WHEN line.facility_id IS NULL THEN 'no facility'
            WHEN coalesce(line.shipment_status, '') NOT IN (
                'SHIPMENT_INPUT', 'SHIPMENT_SCHEDULED', 'SHIPMENT_PICKED', 'SHIPMENT_APPROVED', 'SHIPMENT_PACKED',
                'SHIPMENT_SHIPPED', 'SHIPMENT_DELIVERED'
            ) THEN 'unknown shipment state ' || coalesce(nullif(trim(line.shipment_status), ''), '(none)')
        END AS reason
    FROM line_quantities AS line
)
SELECT
    judged.order_id,
    judged.order_item_seq_id,
    judged.shipment_id,
    judged.shipment_item_seq_id,
    judged.facility_id,
    judged.product_id,
    judged.reason,
    starts_with(judged.reason, 'unknown shipment state') AS counted
FROM judged
LEFT JOIN stores AS store ON store.facility_id = judged.facility_id
WHERE judged.reason IS NOT NULL
  AND (judged.facility_id IS NULL OR store.facility_id IS NOT NULL)
ORDER BY judged.order_id, judged.order_item_seq_id, judged.shipment_id, judged.shipment_item_seq_id
