-- One row: at how many SKU-locations, and by how many units in all, the strict and the documented rule differ.
SELECT
    count(*) FILTER (WHERE strict_variance <> documented_variance)                         AS keys,
    CAST(coalesce(sum(abs(strict_variance - documented_variance)), 0) AS BIGINT)           AS units
FROM partial_shipment_variance
