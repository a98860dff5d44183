-- The orders of an earlier night's lines that are too old to be found by when they were shipped, and that Retail Pro had not surely absorbed long before the snapshot.
SELECT DISTINCT order_id
FROM earlier_lines
WHERE coalesce(shipped_at < $since, true)
  AND coalesce(acknowledged_at >= $surely_absorbed, true)
