-- One row per line that left a store and that a response file says that store has booked: by its invoice there, else by the slip out of it.
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
JOIN stores AS store ON store.facility_id = line.facility_id
JOIN pos_acknowledgements AS note
  ON note.order_id = line.order_id
 AND note.order_item_seq_id = line.order_item_seq_id
 AND note.store_code = trim(store.external_facility_id)
 AND note.kind IN ('INVOICE', 'SLIP_OUT')
 AND (note.shipment_id = line.shipment_id OR (note.shipment_id IS NULL AND coalesce(line.shipped_at <= note.accepted_at, false)))
GROUP BY line.order_id, line.order_item_seq_id, line.shipment_id
