-- One row per order line and shipment item, as last read: its units by HotWax, and since when Retail Pro knows. What several lines share is dealt out whole, to those first that were acknowledged last.
WITH line AS (
    SELECT
        shipped.order_id,
        shipped.order_item_seq_id,
        shipped.ship_group_seq_id,
        shipped.shipment_id,
        shipped.shipment_item_seq_id,
        CASE WHEN shipped.facility_id <> '_NA_' THEN shipped.facility_id END AS facility_id,
        shipped.ship_group_facility_id,
        shipped.product_id,
        shipped.is_the_product_ordered = 1 AS is_the_product_ordered,
        shipped.line_quantity,
        shipped.ordered_quantity,
        shipped.item_quantity,
        shipped.shipment_status,
        shipped.shipped_at,
        shipped.order_still_partial = 1 AS order_still_partial,
        CASE
            WHEN $responses THEN note.acknowledged_at
            ELSE least(shipped.acknowledged_by_order_at, shipped.acknowledged_by_shipment_at)
        END AS acknowledged_at
    FROM shipped
    LEFT JOIN acknowledged_lines AS note
      ON note.order_id = shipped.order_id
     AND note.order_item_seq_id = shipped.order_item_seq_id
     AND note.shipment_id = shipped.shipment_id
    QUALIFY row_number() OVER (
        PARTITION BY
            shipped.order_id,
            shipped.order_item_seq_id,
            shipped.ship_group_seq_id,
            shipped.shipment_id,
            shipped.shipment_item_seq_id
        ORDER BY shipped.batch DESC
    ) = 1
),
weighed AS (
    SELECT
        line.order_id,
        line.order_item_seq_id,
        line.ship_group_seq_id,
        line.shipment_id,
        line.shipment_item_seq_id,
        line.facility_id,
        line.ship_group_facility_id,
        line.product_id,
        line.is_the_product_ordered,
        line.line_quantity,
        line.item_quantity,
        line.shipment_status,
        line.shipped_at,
        line.order_still_partial,
        line.acknowledged_at,
        count(*) OVER item AS sharers,
        CASE
            WHEN sum(greatest(coalesce(line.line_quantity, line.ordered_quantity, 1), 0)) OVER item > 0
            THEN greatest(coalesce(line.line_quantity, line.ordered_quantity, 1), 0)
            ELSE 1
        END AS weight
    FROM line
    WINDOW item AS (PARTITION BY line.shipment_id, line.shipment_item_seq_id)
),
dealt AS (
    SELECT
        weighed.order_id,
        weighed.order_item_seq_id,
        weighed.ship_group_seq_id,
        weighed.shipment_id,
        weighed.shipment_item_seq_id,
        weighed.facility_id,
        weighed.ship_group_facility_id,
        weighed.product_id,
        weighed.is_the_product_ordered,
        weighed.line_quantity,
        weighed.item_quantity,
        weighed.shipment_status,
        weighed.shipped_at,
        weighed.order_still_partial,
        weighed.acknowledged_at,
        weighed.sharers,
        least(
            ceil(round(
                CAST(weighed.item_quantity AS DOUBLE) * sum(weighed.weight) OVER upto
                / sum(weighed.weight) OVER (PARTITION BY weighed.shipment_id, weighed.shipment_item_seq_id),
                6
            )),
            CAST(weighed.item_quantity AS DOUBLE)
        ) AS dealt_so_far
    FROM weighed
    WINDOW upto AS (
        PARTITION BY weighed.shipment_id, weighed.shipment_item_seq_id
        ORDER BY
            weighed.acknowledged_at DESC NULLS FIRST,
            weighed.order_id,
            weighed.order_item_seq_id,
            weighed.ship_group_seq_id
        ROWS UNBOUNDED PRECEDING
    )
)
SELECT
    dealt.order_id,
    dealt.order_item_seq_id,
    dealt.shipment_id,
    dealt.shipment_item_seq_id,
    dealt.facility_id,
    dealt.ship_group_facility_id,
    dealt.product_id,
    CAST(CASE
        WHEN dealt.is_the_product_ordered AND dealt.line_quantity IS NOT NULL
             AND (dealt.sharers = 1 OR dealt.item_quantity IS NULL)
        THEN dealt.line_quantity
        WHEN dealt.sharers = 1 THEN dealt.item_quantity
        ELSE dealt.dealt_so_far - lag(dealt.dealt_so_far, 1, 0) OVER (
            PARTITION BY dealt.shipment_id, dealt.shipment_item_seq_id
            ORDER BY
                dealt.acknowledged_at DESC NULLS FIRST,
                dealt.order_id,
                dealt.order_item_seq_id,
                dealt.ship_group_seq_id
        )
    END AS DECIMAL(26, 6)) AS quantity,
    dealt.shipment_status,
    dealt.shipped_at,
    dealt.order_still_partial,
    dealt.acknowledged_at
FROM dealt
