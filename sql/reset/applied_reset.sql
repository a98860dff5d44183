-- One row per key of the delivered reset: whether HotWax set it, when, and by how many units that changed its on-hand quantity; by its own reset row, else between the start and the end of its file's import. Logs may keep whole seconds and rows may not: $tolerance is what a log may be off.
SELECT
    sent.file_name,
    sent.facility_id,
    sent.product_id,
    sent.upca,
    failed.id_value IS NULL AS applied,
    CASE WHEN failed.id_value IS NULL THEN coalesce(effect.applied_at, import.finished_at) END AS applied_at,
    CASE WHEN failed.id_value IS NULL THEN coalesce(effect.applied_at, import.started_at) END AS earliest_at,
    failed.error,
    CASE WHEN failed.id_value IS NULL THEN coalesce(effect.units_changed, 0) END AS units_changed
FROM reset_delivery AS sent
JOIN imports AS import USING (file_name)
LEFT JOIN (
    SELECT file_name, facility_id, id_value, any_value(error) AS error
    FROM failed_rows
    GROUP BY file_name, facility_id, id_value
) AS failed
  ON failed.file_name = sent.file_name
 AND failed.facility_id = CASE WHEN $external THEN sent.external_facility_id ELSE sent.facility_id END
 AND failed.id_value = sent.upca
LEFT JOIN (
    SELECT import.file_name, detail.facility_id, detail.product_id, max(detail.applied_at) AS applied_at,
           CAST(sum(detail.units_changed) AS BIGINT) AS units_changed
    FROM effects AS detail
    JOIN imports AS import
      ON detail.applied_at BETWEEN import.started_at - to_seconds($tolerance) AND import.finished_at + to_seconds($tolerance)
    GROUP BY import.file_name, detail.facility_id, detail.product_id
) AS effect
  ON effect.file_name = sent.file_name
 AND effect.facility_id = sent.facility_id
 AND effect.product_id = sent.product_id
ORDER BY sent.facility_id, sent.upca
