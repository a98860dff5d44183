-- One row per line that left a store and that a response file says that store has booked: by its invoice there, else by the slip out of it. A code that went from one store to another is that one's that had it when the row was accepted.
WITH note AS (
    SELECT
        noted.order_id,
        noted.order_item_seq_id,
        noted.shipment_id,
        noted.kind,
        noted.accepted_at,
        code.facility_id
    FROM (
        SELECT
            row_number() OVER () AS number,
            order_id,
            ltrim(order_item_seq_id, '0') AS order_item_seq_id,
            shipment_id,
            kind,
            store_key(store_code)        AS store_code,
            accepted_at
        FROM pos_acknowledgements
        WHERE kind IN ('INVOICE', 'SLIP_OUT')
    ) AS noted
    JOIN store_codes AS code ON code.store_code = noted.store_code
    QUALIFY row_number() OVER (
        PARTITION BY noted.number
        ORDER BY
            code.last_on < CAST(noted.accepted_at AS DATE),
            abs(date_diff('day', code.last_on, CAST(noted.accepted_at AS DATE))),
            code.facility_id
    ) = 1
)
SELECT
    line.order_id,
    line.order_item_seq_id,
    line.shipment_id,
    coalesce(
        min(note.accepted_at) FILTER (WHERE note.kind = 'INVOICE'),
        min(note.accepted_at) FILTER (WHERE note.kind = 'SLIP_OUT')
    ) AS acknowledged_at
FROM (
    SELECT DISTINCT order_id, order_item_seq_id, shipment_id, facility_id, shipped_at
    FROM shipped
) AS line
JOIN note
  ON note.order_id = line.order_id
 AND note.order_item_seq_id = ltrim(line.order_item_seq_id, '0')
 AND note.facility_id = line.facility_id
 AND (note.shipment_id = line.shipment_id OR (note.shipment_id IS NULL AND coalesce(line.shipped_at <= note.accepted_at, true)))
GROUP BY line.order_id, line.order_item_seq_id, line.shipment_id
